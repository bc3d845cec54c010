import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Settings } from "./Settings";

function numberKeys() {
  return screen.getByRole("checkbox", { name: "Keys 1 to 7" });
}

test("are opened and closed", async () => {
  render(<Settings />);
  expect(screen.queryByRole("dialog")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Settings" }));
  expect(screen.getByRole("dialog", { name: "Settings" })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("are remembered", async () => {
  const { unmount } = render(<Settings />);
  await userEvent.click(screen.getByRole("button", { name: "Settings" }));
  expect(numberKeys()).toHaveProperty("checked", true);
  await userEvent.click(numberKeys());
  expect(numberKeys()).toHaveProperty("checked", false);
  unmount();

  render(<Settings />);
  await userEvent.click(screen.getByRole("button", { name: "Settings" }));
  expect(numberKeys()).toHaveProperty("checked", false);
  await userEvent.click(numberKeys());
  expect(numberKeys()).toHaveProperty("checked", true);
});
