/** Scores by trying every continuation: what the solver is held against, and shares no code with it. */

const COLUMNS = 7;
const ROWS = 6;

/** The score of a position for the player to move; one to try has few free cells. */
export function bruteForceScore(moves: readonly number[]): number {
  const columns: number[][] = Array.from({ length: COLUMNS }, () => []);
  moves.forEach((column, disc) => {
    columns[column]?.push(disc % 2);
  });
  return score(columns, moves.length, new Map());
}

function score(columns: number[][], discs: number, known: Map<string, number>): number {
  if (discs === COLUMNS * ROWS) {
    return 0;
  }
  const position = columns.map((column) => column.join("")).join("/");
  const before = known.get(position);
  if (before !== undefined) {
    return before;
  }
  let best = -COLUMNS * ROWS;
  columns.forEach((column, x) => {
    if (column.length === ROWS) {
      return;
    }
    column.push(discs % 2);
    const worth = connects(columns, x)
      ? // The discs of this player that are left, this one included.
        Math.ceil((COLUMNS * ROWS - discs) / 2)
      : 0 - score(columns, discs + 1, known);
    column.pop();
    best = Math.max(best, worth);
  });
  known.set(position, best);
  return best;
}

/** Whether the top disc of a column is one of four in a row. */
function connects(columns: readonly (readonly number[])[], x: number): boolean {
  const y = (columns[x]?.length ?? 0) - 1;
  const player = columns[x]?.[y];
  const run = (dx: number, dy: number, steps = 1): number =>
    columns[x + steps * dx]?.[y + steps * dy] === player ? 1 + run(dx, dy, steps + 1) : 0;
  return [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
  ].some(([dx = 0, dy = 0]) => run(dx, dy) + run(-dx, -dy) >= 3);
}
