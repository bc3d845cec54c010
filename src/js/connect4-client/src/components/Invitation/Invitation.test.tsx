import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Invitation } from "./Invitation";

const ID = "Zk3vQ8bYt1LxN5cRw7HdJ2mPf9SgAe4U";
const LINK = `http://connect4.test/?game=${ID}`;

test("copies the link and says so", async () => {
  const user = userEvent.setup();
  render(<Invitation gameId={ID} />);
  await user.click(screen.getByRole("button", { name: "Copy link" }));
  expect(screen.getByText(/Copied/)).toBeDefined();
  expect(await navigator.clipboard.readText()).toBe(LINK);
});

test("asks the person to copy where the browser may not", async () => {
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("no"));
  Object.assign(document, { execCommand: () => false });
  render(<Invitation gameId={ID} />);
  await user.click(screen.getByRole("button", { name: "Copy link" }));
  expect(screen.getByText("Your browser does not copy it: please do.")).toBeDefined();
});

test("offers no sharing where the browser has none", () => {
  render(<Invitation gameId={ID} />);
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
  const { container } = render(<Invitation gameId={ID} />);
  await userEvent.click(screen.getByRole("button", { name: "Share…" }));
  expect(share).toHaveBeenCalledWith(expect.objectContaining({ url: LINK }));
  expect(container.querySelector("[aria-live]")?.textContent).toBe(said);
});
