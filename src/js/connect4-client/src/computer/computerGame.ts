/** A game against the computer: whose side, how strong, and the columns of the moves. */

import { keep, kept } from "../browser/storage";
import { legalPart, localGame, type Moves } from "../game/localGame";
import type { Player } from "../game/rules";
import { LEVELS, type Level } from "./levels";

const KEY = "connect4.computer";

export interface ComputerGame {
  readonly level: Level;
  /** The person's side; player 1 begins. */
  readonly you: Player;
  readonly moves: Moves;
}

export type ComputerAction =
  | { type: "start"; level: Level; you: Player }
  /** Of whoever's turn it is. */
  | { type: "drop"; column: number }
  | { type: "takeBack" }
  | { type: "leave" };

/** The game after an action; null while none is on. */
export function computerGame(
  game: ComputerGame | null,
  action: ComputerAction,
): ComputerGame | null {
  switch (action.type) {
    case "start":
      return { level: action.level, you: action.you, moves: [] };
    case "drop":
      return game && { ...game, moves: localGame(game.moves, action) };
    case "takeBack":
      return game && { ...game, moves: takenBack(game) };
    case "leave":
      return null;
  }
}

/** Whether the person has dropped a disc that they can take back. */
export function canTakeBack({ you, moves }: ComputerGame): boolean {
  return moves.length >= you;
}

/** The moves without the person's last one and what came after it. */
function takenBack(game: ComputerGame): Moves {
  const { you, moves } = game;
  if (!canTakeBack(game)) {
    return moves;
  }
  const isYours = moves.length % 2 === you % 2;
  return moves.slice(0, isYours ? -1 : -2);
}

export function rememberComputerGame(game: ComputerGame | null): void {
  keep(KEY, JSON.stringify(game));
}

/** The game as it was left; null if there is none or what is kept is no game. */
export function rememberedComputerGame(): ComputerGame | null {
  try {
    const { level, you, moves }: Record<string, unknown> = JSON.parse(kept(KEY) ?? "null") ?? {};
    const known = LEVELS.find((one) => one === level);
    if (known === undefined || (you !== 1 && you !== 2) || !Array.isArray(moves)) {
      return null;
    }
    return { level: known, you, moves: legalPart(moves) };
  } catch {
    // Not ours, or damaged: as good as no game.
    return null;
  }
}
