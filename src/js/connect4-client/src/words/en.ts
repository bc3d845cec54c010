/**
 * Every word that a player reads or hears, in English.
 *
 * One section a screen or topic. What has parameters is a function. `who` is a colour or a name, as
 * it is (the subject, at the beginning of its sentence), so that no language has to inflect it.
 * Columns and moves are counted from 1.
 */

import type { Switch } from "../browser/settings";
import type { Level } from "../computer/levels";
import type { Player } from "../game/rules";
import { alternativesIn, momentIn, pluralIn } from "./formats";
import type { Language } from "./language";

const plural = pluralIn("en");
const alternatives = alternativesIn("en");

const moves = (count: number) => `${count} ${plural(count, { one: "move", other: "moves" })}`;

export const en = {
  language: "en" as Language,
  /** The game's name, and the site's. */
  name: "Connect 4",
  /** Of the site, for search engines and link previews. */
  description: "Drop discs, connect four. Play a friend with a link, or two at one screen.",
  linkTitle: "A game of Connect 4",
  linkPicture: "A board of Connect 4 with four red discs in a row",
  nothingHere: "There is nothing at this address.",
  noScript: "Connect 4 is played with JavaScript, which this browser has switched off.",
  title: (screen: string) => `${screen} – Connect 4`,
  moment: momentIn("en"),
  loading: "Loading…",
  notLoaded:
    "This part of the page could not be loaded. Look at your network, and load the page again.",
  reload: "Load the page again",
  looking: "Looking…",
  tryAgain: "Try again",
  playAgain: "Play again",
  takeBack: "Take back",
  newOnlineGame: "New online game",
  playComputer: "Play the computer",

  colours: { 1: "Red", 2: "Yellow" } satisfies Record<Player, string>,

  settings: {
    name: "Settings",
    close: "Close",
    language: "Language",
    switches: {
      numberKeys: {
        label: "Keys 1 to 7",
        hint: "Each drops a disc into its column.",
      },
    } satisfies Record<Switch, { label: string; hint: string }>,
  },

  start: {
    welcome: "Four in a row wins. Play a friend, wherever they are.",
    gameToJoin: "Link or id of a friend’s game",
    join: "Join",
    noGame: "This is no link to a game, and no game’s id.",
    or: "or",
    localGame: "Local game for two",
    goOn: "Go on with a game",
    /** A moment follows. */
    created: "Created",
  },

  board: {
    name: "Board",
    column: (column: number, content: string) => `Column ${column}, ${content}`,
    empty: "empty",
    /** The discs of a column. */
    fromBottom: (discs: readonly Player[]) =>
      `from the bottom: ${discs.map((disc) => ({ 1: "red", 2: "yellow" })[disc]).join(", ")}`,
    full: (content: string) => `full, ${content}`,
    free: (rows: number) => `${rows} free, drop your disc`,
  },

  game: {
    name: "Game",
    players: "Players",
    you: "You",
    friend: "Your friend",
    played: (who: string, column: number) => `${who} played column ${column}.`,
    wins: (who: string) => `${who} wins!`,
    youWon: "You won!",
    youLost: "You lost.",
    draw: "It is a draw.",
    turn: (who: string) => `${who}’s turn`,
    yourTurn: "Your turn",
    waitForTurn: (who: string) => `${who}’s turn, wait for it`,
    startOver: "Start over",
  },

  online: {
    seatNotKept:
      "This browser keeps nothing for this page. Once it is closed, only this link brings you back to your seat. Whoever has it can play for you.",
    seatLink: "Link to your seat",
    opening: "Opening the game…",
    waiting: "Waiting for your friend…",
    /** A moment follows. */
    created: "Game created",
    connectionLost: "Connection lost, trying again…",
    connected: "Connected again.",
    unreachable: "The server cannot be reached. Try again in a moment.",
    refused: (message: string) => `The server refuses: ${message}.`,
    /** Why a move was refused, by the server's message. */
    refusedMoves: {
      "Column is full": "That column is full.",
      "Game is over": "The game is over already.",
      "Not your turn": "It is not your turn.",
    },
  },

  invitation: {
    sendLink: "Send this link to a friend. The game begins when they open it.",
    link: "Link to this game",
    /** An option of a command follows. */
    onlyHere:
      "It works on this computer only. To let others in your network join, start Connect 4 with",
    copy: "Copy link",
    copied: "Copied. Now send it.",
    notCopied: "Your browser does not copy it: please do.",
    share: "Share…",
    message: "Play Connect 4 with me:",
    notShared: "Your browser does not share it: copy it instead.",
  },

  noGame: {
    name: "No game",
    /** Why there is none and what may help, by the server's message. */
    reasons: {
      "Game is full": {
        what: "This game already has two players.",
        hint: "Ask your friend for the link to a new one, or start one yourself.",
      },
      "Game not found": {
        what: "There is no such game. Check the link.",
        hint: "Perhaps a part of it is missing, or the game is not kept any more.",
      },
      "Player not found": {
        what: "The server does not know your seat in this game.",
        hint: "Perhaps the game is not kept any more.",
      },
    },
    cannotBeOpened: "The game cannot be opened.",
    serverSays: (message: string) => `The server says: ${message}.`,
    toStart: "Back to the start",
  },

  computer: {
    howStrong: "How strong it plays",
    levels: {
      beginner: "Beginner",
      easy: "Easy",
      medium: "Medium",
      hard: "Hard",
      expert: "Expert",
      perfect: "Perfect",
    } satisfies Record<Level, string>,
    whoBegins: "Who begins",
    youBegin: "You, with red",
    computerBegins: "The computer, with red",
    start: "Start",
    opponent: (level: string) => `Computer, ${level.toLowerCase()}`,
    unavailable: "The computer could not be loaded. Look at your network and try again.",
    hint: "Hint",
    newGame: "New game",
  },

  analysis: {
    name: "Analysis",
    open: "Analyse",
    close: "Close the analysis",
    unavailable: "The analysis could not be loaded. Look at your network and try again.",
    eachColumn: "What each column leads to",
    column: (column: number, outcome: string, isBest: boolean) =>
      `Column ${column}: ${outcome}${isBest ? ", best" : ""}`,
    unknown: "not known yet",
    full: "full",
    draw: "a draw",
    wins: (who: string, inMoves: number) => `${who} wins in ${moves(inMoves)}`,
    /** For a column's few pixels. */
    short: {
      full: "Full",
      win: "Win",
      draw: "Draw",
      loss: "Loss",
      inMoves: (count: number) => `in ${count}`,
    },
    best: (columns: readonly number[], outcome: string) =>
      `Best: column ${alternatives(columns)}, ${outcome}.`,
    mistakes: "Mistakes",
    noMistakes: "None so far.",
    mistake: ({ move, who, column, gaveAway, isDrawNow, better }: MistakeInWords) => {
      const given = { win: "the win", draw: "the draw" }[gaveAway];
      const now = isDrawNow ? ", a draw now" : "";
      return `Move ${move}: ${who} gave away ${given} with column ${column}${now}. Better: column ${alternatives(better)}.`;
    },
  },
};

/** What each language has. */
export type Words = typeof en;

export interface MistakeInWords {
  readonly move: number;
  readonly who: string;
  readonly column: number;
  readonly gaveAway: "win" | "draw";
  readonly isDrawNow: boolean;
  readonly better: readonly number[];
}
