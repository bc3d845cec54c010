import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { lazy } from "react";
import { expect, test, vi } from "vitest";
import { Deferred } from "./Deferred";

test("what is loaded is shown, and before that, that it is loading", async () => {
  const Part = lazy(async () => ({ default: () => <p>the part</p> }));
  render(
    <Deferred>
      <Part />
    </Deferred>,
  );
  expect(screen.getByText("Loading…")).toBeDefined();
  expect(await screen.findByText("the part")).toBeDefined();
});

test("what cannot be loaded is said, and the page can be loaded again", async () => {
  // React logs what its boundaries catch.
  vi.spyOn(console, "error").mockImplementation(() => {});
  const reload = vi.spyOn(window.location, "reload").mockImplementation(() => {});
  const Part = lazy(() => Promise.reject(new Error("Loading chunk 24 failed.")));
  render(
    <Deferred>
      <Part />
    </Deferred>,
  );
  expect((await screen.findByRole("alert")).textContent).toContain("could not be loaded");
  await userEvent.click(screen.getByRole("button", { name: "Load the page again" }));
  expect(reload).toHaveBeenCalledOnce();
});
