import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { LocalTime } from "./LocalTime";

test("says when, for people and for machines", () => {
  const at = "2026-11-23T10:15:30.123456Z";
  const { container } = render(<LocalTime at={at} />);
  const time = container.querySelector("time");
  expect(time?.dateTime).toBe(at);
  expect(time?.textContent).toBe(
    new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(
      new Date(at),
    ),
  );
});
