import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Invitation } from "./Invitation";

const ID = "Zk3vQ8bYt1LxN5cRw7HdJ2mPf9SgAe4U";
const LINK = `http://connect4.test/?game=${ID}`;

test("copies the link and says so", async () => {
  const user = userEvent.setup();
  render(<Invitation gameId={ID} networkUrl="" />);
  await user.click(screen.getByRole("button", { name: "Copy link" }));
  expect(await screen.findByText(/Copied/)).toBeDefined();
  expect(await navigator.clipboard.readText()).toBe(LINK);
});

test("asks the person to copy where the browser may not", async () => {
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("no"));
  Object.assign(document, { execCommand: () => false });
  render(<Invitation gameId={ID} networkUrl="" />);
  await user.click(screen.getByRole("button", { name: "Copy link" }));
  expect(await screen.findByText("Your browser does not copy it: please do.")).toBeDefined();
});

test("offers no sharing where the browser has none", () => {
  render(<Invitation gameId={ID} networkUrl="" />);
  expect(screen.queryByRole("button", { name: "Share…" })).toBeNull();
});

test.each([
  ["shares the link", undefined, ""],
  ["keeps quiet when the person changes their mind", new DOMException("", "AbortError"), ""],
  [
    "says that it cannot",
    new DOMException("", "NotAllowedError"),
    "Your browser does not share it: copy it instead.",
  ],
])("where the browser can share, %s", async (_, error, said) => {
  const share = vi.fn(() => (error ? Promise.reject(error) : Promise.resolve()));
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { share }));
  const { container } = render(<Invitation gameId={ID} networkUrl="" />);
  await userEvent.click(screen.getByRole("button", { name: "Share…" }));
  expect(share).toHaveBeenCalledWith(expect.objectContaining({ url: LINK }));
  await waitFor(() => expect(container.querySelector("[aria-live]")?.textContent).toBe(said));
});

function openedAt(url: string) {
  vi.spyOn(window, "location", "get").mockReturnValue(new URL(url) as unknown as Location);
}

function shownLink(): string {
  return screen.getByRole<HTMLInputElement>("textbox").value;
}

test("says that a link to this computer opens nothing elsewhere, and what to do", () => {
  openedAt("http://localhost:5000/?game=x");
  render(<Invitation gameId={ID} networkUrl="" />);
  expect(shownLink()).toBe(`http://localhost:5000/?game=${ID}`);
  expect(screen.getByText(/works on this computer only/).textContent).toContain("--host 0.0.0.0");
});

test("names the address that others reach where the page is open at one that they do not", () => {
  openedAt("http://localhost:5000/?game=x");
  render(<Invitation gameId={ID} networkUrl="http://192.0.2.7:5000" />);
  expect(shownLink()).toBe(`http://192.0.2.7:5000/?game=${ID}`);
  expect(screen.queryByText(/this computer only/)).toBeNull();
});

test("keeps to the address at which the page was reached from elsewhere", () => {
  render(<Invitation gameId={ID} networkUrl="http://192.0.2.7:5000" />);
  expect(shownLink()).toBe(LINK);
  expect(screen.queryByText(/this computer only/)).toBeNull();
});
