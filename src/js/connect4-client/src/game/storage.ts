/** What this browser remembers: the seats it holds, and the local game. */

import { type Board, COLUMNS, ROWS } from "./rules";

const LOCAL_GAME = "connect4.local";

function seatKey(gameId: string): string {
  return `connect4.seat.${gameId}`;
}

/** Storage can be full or forbidden; the game goes on without it. */
function tryStorage<T>(use: () => T, otherwise: T): T {
  try {
    return use();
  } catch (error) {
    console.warn("this browser does not let the page remember anything", error);
    return otherwise;
  }
}

/** The secret of the seat that this browser holds in a game, if it holds one. */
export function rememberedSeat(gameId: string): string | null {
  return tryStorage(() => localStorage.getItem(seatKey(gameId)), null);
}

export function rememberSeat(gameId: string, playerId: string): void {
  tryStorage(() => localStorage.setItem(seatKey(gameId), playerId), undefined);
}

/** The local game as it was left, if there is one that can be read. */
export function rememberedLocalGame(): Board | null {
  const text = tryStorage(() => localStorage.getItem(LOCAL_GAME), null);
  if (text === null) {
    return null;
  }
  try {
    const board: unknown = JSON.parse(text);
    return isBoard(board) ? board : null;
  } catch {
    return null;
  }
}

export function rememberLocalGame(board: Board): void {
  tryStorage(() => localStorage.setItem(LOCAL_GAME, JSON.stringify(board)), undefined);
}

function isBoard(value: unknown): value is Board {
  return (
    Array.isArray(value) &&
    value.length === COLUMNS &&
    value.every(
      (column) =>
        Array.isArray(column) &&
        column.length === ROWS &&
        column.every((disc) => disc === 0 || disc === 1 || disc === 2),
    )
  );
}
