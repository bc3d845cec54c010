import { expect, test } from "vitest";
import { gameIdIn, isForThisComputer, linkTo, linkToSeat, seatIn } from "./link";

const ID = "Zk3vQ8bYt1LxN5cRw7HdJ2mPf9SgAe4U";

test.each([
  ["an id", ID],
  ["an id with blanks around it", `  ${ID}\n`],
  ["a link", `https://example.org/?game=${ID}`],
  ["a link with more in it", `https://example.org/play/?from=chat&game=${ID}&x=1#top`],
  ["a link without its scheme", `example.org/?game=${ID}`],
  ["only the end of a link", `?game=${ID}`],
  ["even less of it", `game=${ID}`],
  ["a link at the end of a sentence", `Come to https://example.org/?game=${ID}.`],
  ["a link in brackets", `(https://example.org/?game=${ID})`],
  ["a link in quotation marks with words behind it", `"https://example.org/?game=${ID}" see you`],
  ["the end of a link in brackets", `?game=${ID})`],
  ["an id in brackets", `(${ID})`],
  ["an id at the end of a sentence", `${ID}.`],
  [
    "a link with zero-width spaces",
    `https://example.org/?game=\u200b${ID.slice(0, 9)}\u200b${ID.slice(9)}`,
  ],
])("finds the game in %s", (_, text) => {
  expect(gameIdIn(text)).toBe(ID);
});

test.each([
  ["nothing", ""],
  ["a word", "hello"],
  ["an id that is cut off", ID.slice(1)],
  ["an id with more at its end", `${ID}x`],
  ["a link to an id that is cut off", `https://example.org/?game=${ID.slice(1)}`],
  ["a link to something else", "https://example.org/?player=1"],
  ["another long word of a link", `https://example.org/?token=${ID}`],
  ["another parameter that ends in the same word", `https://example.org/?endgame=${ID}`],
  ["an id with a sign that ids do not have", `${ID.slice(1)}-`],
])("finds no game in %s", (_, text) => {
  expect(gameIdIn(text)).toBeNull();
});

test("a link to a game leads back to it, without what else the address says", () => {
  window.history.replaceState(null, "", "/?local#top");
  expect(linkTo(ID)).toBe(`http://connect4.test/?game=${ID}`);
  expect(gameIdIn(linkTo(ID))).toBe(ID);
});

test("the link to a seat leads to its game, and its secret is sent to nobody", () => {
  const secret = "s".repeat(32);
  const link = new URL(linkToSeat(ID, secret));
  expect(gameIdIn(link.href)).toBe(ID);
  expect(seatIn(link.hash)).toBe(secret);
  expect(`${link.pathname}${link.search}`).not.toContain(secret);
});

test.each(["", "#top", "#seat=", `#seat=${"s".repeat(31)}`, `#seat=${"s".repeat(32)}&x`])(
  "there is no seat in %j",
  (hash) => {
    expect(seatIn(hash)).toBeNull();
  },
);

test("a link can lead to the page at another address", () => {
  expect(linkTo(ID, "http://192.0.2.7:5000")).toBe(`http://192.0.2.7:5000/?game=${ID}`);
});

test.each(["localhost:5000", "127.0.0.1", "127.1.2.3:80", "[::1]:5000", "c4.localhost"])(
  "a link to %s is for this computer",
  (host) => {
    expect(isForThisComputer(`http://${host}/?game=${ID}`)).toBe(true);
  },
);

test.each(["192.0.2.7:5000", "localhost.example.org", "127.example.org", "[2001:db8::1]"])(
  "a link to %s is for others, too",
  (host) => {
    expect(isForThisComputer(`http://${host}/?game=${ID}`)).toBe(false);
  },
);
