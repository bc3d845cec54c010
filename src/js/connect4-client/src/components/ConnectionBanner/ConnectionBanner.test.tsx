import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ConnectionBanner } from "./ConnectionBanner";

test("says that the connection is lost, and that it is back; nothing to those who never lost it", () => {
  const { rerender } = render(<ConnectionBanner connection="online" />);
  const banner = screen.getByRole("status");
  expect(banner.textContent).toBe("");

  rerender(<ConnectionBanner connection="lost" />);
  expect(banner.textContent).toBe("Connection lost, trying again…");

  rerender(<ConnectionBanner connection="online" />);
  expect(banner.textContent).toBe("Connected again.");
});
