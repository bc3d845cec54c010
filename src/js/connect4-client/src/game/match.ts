/** A game as the screens draw it, whether it is played here or over the network. */

import type { Ending } from "../api/game";
import type { Words } from "../words/en";
import { isolated } from "./playerName";
import { type Board, isFull, type Player, playerToMove, winner } from "./rules";

export interface Match {
  readonly board: Board;
  readonly turn: Player;
  /** True until won or drawn. */
  readonly active: boolean;
  readonly winner: Player | null;
  /** How it ended; null if it did not. Where it is missing, the board tells. */
  readonly ending?: Ending | null;
  /** What players 1 and 2 are called; null without a name. */
  readonly names?: readonly (string | null)[];
}

/** What can be said of a match without its board. */
export type Outcome = Omit<Match, "board">;

export const PLAYERS: readonly Player[] = [1, 2];

/** What a board alone tells. */
export function matchOf(board: Board): Match {
  const won = winner(board);
  return {
    board,
    turn: playerToMove(board),
    active: won === null && !isFull(board),
    winner: won,
  };
}

export function otherThan(player: Player): Player {
  return player === 1 ? 2 : 1;
}

/** What a player is called in a sentence: their name, or their colour. */
export function called(
  player: Player,
  { names }: Pick<Match, "names">,
  { colours }: Words,
): string {
  const name = names?.[player - 1] ?? null;
  return name === null ? colours[player] : isolated(name);
}

/** How a match stands, said to `you`, or to both players if they share a screen (null). */
export function statusOf(match: Outcome, you: Player | null, words: Words): string {
  const { game } = words;
  const { active, turn, winner } = match;
  if (winner !== null) {
    return wonStatus(match, winner, you, words);
  }
  if (!active) {
    if (match.ending === "agreed") {
      return you === null ? game.othersAgreed : game.agreed;
    }
    return game.draw;
  }
  if (you === turn) {
    return game.yourTurn;
  }
  const who = called(turn, match, words);
  return you === null ? game.turn(who) : game.waitForTurn(who);
}

function wonStatus(match: Outcome, winner: Player, you: Player | null, words: Words): string {
  const { game } = words;
  const loser = called(otherThan(winner), match, words);
  const who = called(winner, match, words);
  switch (match.ending) {
    case "resigned":
      if (you === null) {
        return game.resigned(loser, who);
      }
      return you === winner ? game.otherResigned(loser) : game.youResigned;
    case "abandoned":
      if (you === null) {
        return game.stayedAway(loser, who);
      }
      return you === winner ? game.otherStayedAway(loser) : game.youStayedAway;
    default:
      if (you === null) {
        return game.wins(who);
      }
      return you === winner ? game.youWon : game.youLost;
  }
}
