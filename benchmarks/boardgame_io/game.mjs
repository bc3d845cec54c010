// Connect four as a game of boardgame.io. A cell holds the player whose disc is in it, or null.

import { INVALID_MOVE } from "boardgame.io/core";

const COLUMNS = 7;
const ROWS = 6;
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
];
const LINES = [...lines()];

function* lines() {
  for (let column = 0; column < COLUMNS; column++) {
    for (let row = 0; row < ROWS; row++) {
      for (const [right, up] of DIRECTIONS) {
        const top = row + 3 * up;
        if (column + 3 * right < COLUMNS && top >= 0 && top < ROWS) {
          yield [0, 1, 2, 3].map((n) => (column + n * right) * ROWS + row + n * up);
        }
      }
    }
  }
}

function drop({ G, playerID }, column) {
  if (!Number.isInteger(column) || column < 0 || column >= COLUMNS) {
    return INVALID_MOVE;
  }
  const bottom = column * ROWS;
  const row = G.cells.slice(bottom, bottom + ROWS).indexOf(null);
  if (row < 0) {
    return INVALID_MOVE;
  }
  G.cells[bottom + row] = playerID;
}

function endIf({ G: { cells }, ctx: { currentPlayer } }) {
  if (LINES.some((line) => line.every((cell) => cells[cell] === currentPlayer))) {
    return { winner: currentPlayer };
  }
  if (!cells.includes(null)) {
    return { draw: true };
  }
}

export const connect4 = {
  name: "connect4",
  minPlayers: 2,
  maxPlayers: 2,
  setup: () => ({ cells: Array(COLUMNS * ROWS).fill(null) }),
  turn: { minMoves: 1, maxMoves: 1 },
  moves: { drop },
  endIf,
};
