import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { Absence } from "./Absence";

const onClaim = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  onClaim.mockReset();
});

function show(secondsGone: number | null) {
  const goneSince = secondsGone === null ? null : Date.now() - secondsGone * 1000;
  return render(<Absence who="Bob" goneSince={goneSince} isBusy={false} onClaim={onClaim} />);
}

/** What is spoken: not the countdown. */
function spoken() {
  return document.querySelector("[aria-live]")?.textContent;
}

test("says nothing of who is there", () => {
  show(null);
  expect(document.body.textContent).toBe("");
  expect(vi.getTimerCount()).toBe(0);
});

test("counts down for the eyes alone, and says once that the win can be claimed", () => {
  show(58);
  for (const left of [2, 1]) {
    const countdown = screen.getByText(`You can claim the win in ${left} s.`);
    expect(countdown.getAttribute("aria-hidden")).toBe("true");
    expect(spoken()).toBe("Bob is away.");
    expect(screen.queryByRole("button")).toBeNull();
    act(() => vi.advanceTimersByTime(1000));
  }
  expect(spoken()).toBe("Bob has been away for a minute: you can claim the win, or wait.");
});

test("claims the win when the button is pressed", async () => {
  show(61);
  vi.useRealTimers();
  await userEvent.click(screen.getByRole("button", { name: "Claim the win" }));
  expect(onClaim).toHaveBeenCalledOnce();
});
