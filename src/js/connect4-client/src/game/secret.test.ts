import { expect, test, vi } from "vitest";
import { newSecret } from "./secret";

test("a secret is one that the server takes, and another every time", () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  for (const secret of secrets) {
    expect(secret).toMatch(/^[a-zA-Z0-9]{32}$/);
  }
  expect(new Set(secrets).size).toBe(100);
});

test("no character is likelier than another", () => {
  // Of all bytes, 248 to 255 would be a fifth chance for the first eight characters.
  let next = 240;
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    const bytes = array as unknown as Uint8Array;
    bytes.forEach((_, index) => {
      bytes[index] = next++;
    });
    return array;
  });
  expect(newSecret()).toBe("23456789ABCDEFGHIJKLMNOPQRSTUVWX");
});
