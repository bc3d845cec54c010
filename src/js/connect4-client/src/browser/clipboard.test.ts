import { beforeEach, expect, test, vi } from "vitest";
import { copy } from "./clipboard";

let field: HTMLInputElement;

beforeEach(() => {
  field = document.createElement("input");
  field.value = "http://connect4.test/?game=x";
});

function stubClipboard(clipboard: Partial<Clipboard> | undefined) {
  vi.spyOn(navigator, "clipboard", "get").mockReturnValue(clipboard as Clipboard);
}

test("a secure page writes to the clipboard", async () => {
  const writeText = vi.fn().mockResolvedValue(undefined);
  stubClipboard({ writeText });
  expect(await copy(field)).toBe(true);
  expect(writeText).toHaveBeenCalledWith(field.value);
});

test("a page that may not has the text selected for the person", async () => {
  stubClipboard({ writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) });
  const select = vi.spyOn(field, "select");
  expect(await copy(field)).toBe(false);
  expect(select).toHaveBeenCalled();
});

test("plain HTTP has no clipboard, but the old command", async () => {
  stubClipboard(undefined);
  const select = vi.spyOn(field, "select");
  const execCommand = vi.fn(() => true);
  Object.assign(document, { execCommand });
  expect(await copy(field)).toBe(true);
  expect(select).toHaveBeenCalledBefore(execCommand);
  expect(execCommand).toHaveBeenCalledWith("copy");
});
