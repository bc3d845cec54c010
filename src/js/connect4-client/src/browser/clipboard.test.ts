import { beforeEach, expect, test, vi } from "vitest";
import { copy } from "./clipboard";

const execCommand = vi.fn();
let field: HTMLInputElement;

beforeEach(() => {
  field = document.createElement("input");
  field.value = "http://connect4.test/?game=x";
  vi.spyOn(field, "select");
  Object.assign(document, { execCommand: execCommand.mockReset() });
});

function stubClipboard(clipboard: Partial<Clipboard> | undefined) {
  vi.spyOn(navigator, "clipboard", "get").mockReturnValue(clipboard as Clipboard);
}

test("a secure page writes to the clipboard", async () => {
  const writeText = vi.fn().mockResolvedValue(undefined);
  stubClipboard({ writeText });
  expect(await copy(field)).toBe(true);
  expect(writeText).toHaveBeenCalledWith(field.value);
  expect(execCommand).not.toHaveBeenCalled();
});

test.each<[string, Partial<Clipboard> | undefined]>([
  ["that has no clipboard", undefined],
  ["that may not write to it", { writeText: () => Promise.reject(new DOMException("no")) }],
])("a page %s copies what is selected, and says whether that worked", async (_, clipboard) => {
  stubClipboard(clipboard);
  execCommand.mockReturnValueOnce(true);
  expect(await copy(field)).toBe(true);
  expect(field.select).toHaveBeenCalledBefore(execCommand);

  execCommand.mockReturnValueOnce(false);
  expect(await copy(field)).toBe(false);
});
