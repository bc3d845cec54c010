import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { NewComputerGame } from "./NewComputerGame";

test("starts with what was chosen", async () => {
  const onStart = vi.fn();
  render(<NewComputerGame onStart={onStart} />);
  await userEvent.click(screen.getByRole("button", { name: "Start" }));
  expect(onStart).toHaveBeenLastCalledWith("easy", 1);

  await userEvent.click(screen.getByRole("radio", { name: "Perfect" }));
  await userEvent.click(screen.getByRole("radio", { name: "The computer, with red" }));
  await userEvent.click(screen.getByRole("button", { name: "Start" }));
  expect(onStart).toHaveBeenLastCalledWith("perfect", 2);
});
