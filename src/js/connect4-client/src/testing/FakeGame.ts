/** A game in the memory of the fake server, by the rules of the HTTP contract. */

import type { SeatId, Wishes } from "../api/client";
import { complete, type Ending, type Game, type WatchedGame } from "../api/game";
import { boardAfter } from "../game/localGame";
import { matchOf } from "../game/match";
import { type Board, drop, landingRow, type Player } from "../game/rules";

export const CREATED = "2026-11-23T10:15:30.123456Z";

/** Four plies after which nobody has an advantage. */
export const BALANCED = [3, 3, 3, 3];

/** The message and the status of a refusal. */
export class ContractError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly game?: Game,
  ) {
    super(message);
  }
}

export interface ToldPresence {
  players: (boolean | null)[];
  gone: (number | null)[];
  watchers: number;
}

export class FakeGame {
  readonly gameId = newId("g");
  /** The secrets of players 1 and 2. */
  readonly playerIds: string[] = [newId("p")];
  readonly names: (string | null)[];
  readonly moves: number[];
  readonly opening: number;
  readonly series = { wins: [0, 0], draws: 0 };
  presence: ToldPresence = { players: [true, true], gone: [null, null], watchers: 0 };
  board: Board;
  next: FakeGame | null = null;
  private changes = 0;
  private ended: { ending: Ending; winner: Player | null } | null = null;
  private drawOfferedBy: Player | null = null;

  constructor(
    private readonly wishes: Wishes,
    readonly previous: FakeGame | null = null,
  ) {
    this.names = [wishes.name ?? null];
    this.moves = wishes.opening === "balanced" ? [...BALANCED] : [];
    this.opening = this.moves.length;
    this.board = boardAfter(this.moves);
  }

  /** Rises with everything that happens to the game. */
  get version(): number {
    return this.playerIds.length + this.moves.length + this.changes;
  }

  get active(): boolean {
    return this.ended === null && matchOf(this.board).active;
  }

  get winner(): Player | null {
    return this.ended?.winner ?? matchOf(this.board).winner;
  }

  get turn(): Player {
    return this.moves.length % 2 === 0 ? 1 : 2;
  }

  /** The number of a player; null if the secret is nobody's. */
  numberOf(playerId: string): Player | null {
    const index = this.playerIds.indexOf(playerId);
    return index === -1 ? null : index === 0 ? 1 : 2;
  }

  join(playerId: string, name: string | null): void {
    if (this.wishes.first === "joiner") {
      this.playerIds.unshift(playerId);
      this.names.unshift(name);
    } else {
      this.playerIds.push(playerId);
      this.names.push(name);
    }
  }

  move(player: Player, column: number, move: number | undefined): void {
    const played = this.moves.length;
    if (this.playerIds.length < 2) {
      throw new ContractError(412, "Game not started");
    }
    if (move !== undefined && move !== played) {
      if (this.moves[move] === column && (move % 2) + 1 === player) {
        return;
      }
      throw new ContractError(409, `The game is at move ${played}, not ${move}`, this.as(player));
    }
    if (player !== this.turn) {
      throw new ContractError(403, "Not your turn");
    }
    if (!this.active) {
      throw new ContractError(403, "Game is over");
    }
    if (landingRow(this.board, column) === null) {
      throw new ContractError(409, "Column is full");
    }
    this.board = drop(this.board, column, player);
    this.moves.push(column);
    if (this.drawOfferedBy !== player) {
      this.drawOfferedBy = null;
    }
  }

  resign(player: Player): void {
    this.end("resigned", other(player));
  }

  offerDraw(player: Player): void {
    if (this.drawOfferedBy === other(player) || this.ended?.ending === "agreed") {
      this.end("agreed", null);
    } else {
      this.expectActive();
      this.setDrawOffer(player);
    }
  }

  declineDraw(): void {
    this.setDrawOffer(null);
  }

  claimWin(player: Player): void {
    if (this.ended === null && (this.presence.gone[other(player) - 1] ?? 0) < 60) {
      throw new ContractError(409, "The other player is not gone");
    }
    this.end("abandoned", player);
  }

  /** The next game, in which the player has a seat after it: another one than here. */
  rematch(player: Player): { game: FakeGame; playerId: string } {
    if (this.active) {
      throw new ContractError(409, "Game is not over");
    }
    const next = this.next ?? this.followedBy(player);
    const name = this.names[player - 1] ?? null;
    if (next.seatedBefore.get(player) === undefined) {
      next.seatedBefore.set(player, newId("p"));
      next.join(next.seatedBefore.get(player) as string, name);
      this.changes += 1;
    }
    return { game: next, playerId: next.seatedBefore.get(player) as string };
  }

  /** The secrets in this game of the players of the game before it, by their numbers there. */
  private readonly seatedBefore = new Map<Player, string>();

  private followedBy(player: Player): FakeGame {
    const { opening } = this.wishes;
    // Who was 2 is 1 now.
    const first = player === 2 ? "creator" : "joiner";
    const next = new FakeGame({ name: this.names[player - 1] ?? null, first, opening }, this);
    const [wins1 = 0, wins2 = 0] = this.series.wins;
    next.series.wins = [wins2 + Number(this.winner === 2), wins1 + Number(this.winner === 1)];
    next.series.draws = this.series.draws + Number(this.winner === null);
    next.seatedBefore.set(player, next.playerIds[0] as string);
    this.next = next;
    this.changes += 1;
    return next;
  }

  /** How a player, or with null a watcher, sees the game. */
  seenBy(player: Player | null): WatchedGame {
    const { active, winner, next } = this;
    const onBoard = matchOf(this.board);
    return {
      gameId: this.gameId,
      playerId: player && (this.playerIds[player - 1] as string),
      playerNumber: player,
      playerCount: this.playerIds.length === 1 ? 1 : 2,
      active,
      activePlayer: this.turn,
      winner,
      board: this.board.map((column) => [...column]),
      moves: [...this.moves],
      created: CREATED,
      version: this.version,
      ending: active ? null : (this.ended?.ending ?? (onBoard.winner ? "connected" : "full")),
      names: [this.names[0] ?? null, this.names[1] ?? null],
      opening: this.opening,
      firstPlayer: this.wishes.first ?? "creator",
      drawOfferedBy: active ? this.drawOfferedBy : null,
      rematchOfferedBy: next?.playerIds.length === 1 ? this.onlyPlayerOf(next) : null,
      nextGameId: next?.playerIds.length === 2 ? next.gameId : null,
      previousGameId: this.previous?.gameId ?? null,
      series: { wins: [...this.series.wins], draws: this.series.draws },
    };
  }

  as(player: Player): Game {
    return this.seenBy(player) as Game;
  }

  private onlyPlayerOf(next: FakeGame): Player {
    return [...next.seatedBefore.keys()][0] as Player;
  }

  private expectActive(): void {
    if (this.playerIds.length < 2) {
      throw new ContractError(412, "Game not started");
    }
    if (!this.active) {
      throw new ContractError(403, "Game is over");
    }
  }

  private end(ending: Ending, winner: Player | null): void {
    if (this.ended?.ending === ending) {
      return;
    }
    this.expectActive();
    this.ended = { ending, winner };
    this.changes += 1;
  }

  private setDrawOffer(player: Player | null): void {
    if (this.drawOfferedBy !== player) {
      this.drawOfferedBy = player;
      this.changes += 1;
    }
  }
}

/** What a server of the release before tells of a game. */
export function asBefore({ gameId, playerId, playerNumber, playerCount, ...game }: WatchedGame) {
  const { active, activePlayer, winner, board, moves, created } = game;
  const seat = { gameId, playerId, playerNumber, playerCount };
  return { ...seat, active, activePlayer, winner, board, moves, created };
}

/** A state for tests without a server. */
export function gameAfter(moves: readonly number[], more: Partial<Game> = {}): Game {
  const board = boardAfter(moves);
  const { active, winner, turn } = matchOf(board);
  return complete<Game>({
    gameId: "g",
    playerId: "p",
    playerNumber: 1,
    playerCount: 2,
    active,
    activePlayer: turn,
    winner,
    board: board.map((column) => [...column]),
    moves: [...moves],
    created: CREATED,
    ...more,
  });
}

export function seatOf({ gameId, playerId }: Game): SeatId {
  return { gameId, playerId };
}

function other(player: Player): Player {
  return player === 1 ? 2 : 1;
}

let ids = 0;

export function newId(prefix: string): string {
  ids += 1;
  return prefix + String(ids).padStart(31, "0");
}
