/** The rules of Connect 4 as pure functions on an immutable board. */

export const COLUMNS = 7;
export const ROWS = 6;
const TO_CONNECT = 4;

export type Player = 1 | 2;
export type Disc = 0 | Player;

/** board[x][y]: column x from the left, row y from the bottom; 0 is empty. */
export type Board = readonly (readonly Disc[])[];

export interface Cell {
  readonly x: number;
  readonly y: number;
}

export const EMPTY_BOARD: Board = Array.from({ length: COLUMNS }, () =>
  Array.from({ length: ROWS }, (): Disc => 0),
);

const DIRECTIONS = [
  { dx: 1, dy: 0 },
  { dx: 0, dy: 1 },
  { dx: 1, dy: 1 },
  { dx: 1, dy: -1 },
];

/** The 69 lines of four cells that win. */
export const LINES: readonly (readonly Cell[])[] = EMPTY_BOARD.flatMap((column, x) =>
  column.flatMap((_, y) =>
    DIRECTIONS.map(({ dx, dy }) =>
      Array.from({ length: TO_CONNECT }, (_, i) => ({ x: x + i * dx, y: y + i * dy })),
    ).filter((line) => line.every((cell) => cell.x < COLUMNS && cell.y >= 0 && cell.y < ROWS)),
  ),
);

export function discAt(board: Board, { x, y }: Cell): Disc {
  return board[x]?.[y] ?? 0;
}

/** How many discs are on the board. */
export function ply(board: Board): number {
  return board.flat().filter((disc) => disc !== 0).length;
}

/** Whose turn it is by the count of discs; player 1 begins. */
export function playerToMove(board: Board): Player {
  return ply(board) % 2 === 0 ? 1 : 2;
}

/** The row in which the next disc of a column lands; null if the column is full or none. */
export function landingRow(board: Board, column: number): number | null {
  const row = board[column]?.indexOf(0) ?? -1;
  return row === -1 ? null : row;
}

/** The board after a player's disc in a column; throws RangeError if it takes none. */
export function drop(board: Board, column: number, player: Player): Board {
  const row = landingRow(board, column);
  if (row === null) {
    throw new RangeError(`column ${column} takes no disc`);
  }
  return board.map((cells, x) =>
    x === column ? cells.map((disc, y) => (y === row ? player : disc)) : cells,
  );
}

/** Every cell that is part of four in a row, each once; none while nobody has won. */
export function winningCells(board: Board): readonly Cell[] {
  const connected = LINES.filter((line) => {
    const discs = line.map((cell) => discAt(board, cell));
    return discs[0] !== 0 && discs.every((disc) => disc === discs[0]);
  }).flat();
  return connected.filter(
    ({ x, y }, index) => connected.findIndex((cell) => cell.x === x && cell.y === y) === index,
  );
}

/** Who has four in a row, if anybody has. */
export function winner(board: Board): Player | null {
  const [cell] = winningCells(board);
  const disc = cell ? discAt(board, cell) : 0;
  return disc === 0 ? null : disc;
}

export function isFull(board: Board): boolean {
  return ply(board) === COLUMNS * ROWS;
}
