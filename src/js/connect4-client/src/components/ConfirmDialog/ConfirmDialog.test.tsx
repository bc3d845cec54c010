import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { ConfirmDialog } from "./ConfirmDialog";

const onConfirm = vi.fn();
const onCancel = vi.fn();

beforeEach(() => {
  onConfirm.mockReset();
  onCancel.mockReset();
  render(
    <ConfirmDialog question="Really?" confirm="Do it" onConfirm={onConfirm} onCancel={onCancel} />,
  );
});

test("asks, and nothing else can be done meanwhile", () => {
  const dialog = screen.getByRole<HTMLDialogElement>("dialog", { name: "Really?" });
  expect(dialog.open).toBe(true);
});

test("does it when it is confirmed", async () => {
  await userEvent.click(screen.getByRole("button", { name: "Do it" }));
  expect(onConfirm).toHaveBeenCalledOnce();
  expect(onCancel).not.toHaveBeenCalled();
});

test("does nothing when the person changes their mind, by the button or by Escape", async () => {
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(onCancel).toHaveBeenCalledOnce();
  // What browsers make of the key.
  fireEvent(screen.getByRole("dialog"), new Event("cancel", { cancelable: true }));
  expect(onCancel).toHaveBeenCalledTimes(2);
  expect(onConfirm).not.toHaveBeenCalled();
});
