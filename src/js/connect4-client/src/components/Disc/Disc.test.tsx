import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Disc } from "./Disc";

test("the players’ discs differ in more than their colour", () => {
  const red = render(<Disc player={1} />).container;
  const yellow = render(<Disc player={2} />).container;
  expect(red.querySelectorAll("circle")).toHaveLength(2);
  expect(yellow.querySelectorAll("path")).toHaveLength(1);
});
