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
    notAllowed: "Your browser does not allow notifications for this page.",
    close: "Close",
    language: "Language",
    switches: {
      numberKeys: {
        label: "Keys 1 to 7",
        hint: "Each drops a disc into its column.",
      },
      sound: {
        label: "Sound and vibration",
        hint: "When it is your turn and you are not looking. Phones vibrate.",
      },
      notifications: {
        label: "Notifications",
        hint: "When it is your turn and you are not looking. Your browser asks you first.",
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
    /** A moment follows. */
    created: "Created",
  },

  yourGames: {
    name: "Your games",
    against: (who: string) => `Against ${who}`,
    gone: "The server does not keep this game any more.",
    showAll: (count: number) => `Show all ${count}`,
    remove: (created: string) => `Remove the game created ${created}`,
    removeShort: "Remove",
    removed: "Removed.",
    undo: "Undo",
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
    youWon: "You won!",
    youLost: "You lost.",
    draw: "It is a draw.",
    turn: (who: string) => `${who}’s turn`,
    yourTurn: "Your turn",
    waitForTurn: (who: string) => `${who}’s turn, wait for it`,
    /** How a game ended that the board does not tell; `winner` is a colour or a name, too. */
    otherResigned: (who: string) => `${who} resigned. You won!`,
    youResigned: "You resigned.",
    resigned: (who: string, winner: string) => `${who} resigned. ${winner} wins!`,
    agreed: "You agreed on a draw.",
    othersAgreed: "They agreed on a draw.",
    otherStayedAway: (who: string) => `${who} stayed away. You won!`,
    youStayedAway: "You were away for too long, and lost.",
    stayedAway: (who: string, winner: string) => `${who} stayed away. ${winner} wins!`,
    /** After a colour or what else is said of a player. */
    away: "away",
    wins: (who: string) => `${who} wins!`,
    startOver: "Start over",
    reallyStartOver: "Start over? The moves of this game are lost.",
    cancel: "Cancel",
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
    watching: "You are watching.",
    watchers: (count: number) =>
      `${count} ${plural(count, { one: "person is", other: "people are" })} watching.`,
    fairStart: "Fair start: the first four discs were given, and nobody has an advantage.",
    /** Why a move was refused, by the server's message. */
    refusedMoves: {
      "Column is full": "That column is full.",
      "Game is over": "The game is over already.",
      "Not your turn": "It is not your turn.",
    },
    /** Why something else was refused, by the server's message. */
    refusedActs: {
      "Game is full": "Somebody else has taken the seat. You are watching.",
      "Game is over": "The game is over already.",
      "The other player is not gone": "They have been seen in the last minute.",
    },
    /** A server that is about to be replaced does not know what this page asks for. */
    notYet: "The server cannot do that yet. Try again in a moment.",
  },

  /** What a player is called. */
  names: {
    label: "Your name, if you like",
    problems: {
      tooLong: (longest: number) => `At most ${longest} characters, please.`,
      characters: "The name has characters that nobody can see. Leave them out.",
    },
    refused: "The server does not take this name. Choose another one.",
  },

  newGame: {
    options: "Who begins, and a fair start",
    whoBegins: "Who begins",
    me: "I do",
    friend: "My friend",
    lots: "Draw lots",
    fairStart: "Fair start",
    whyFair:
      "Who begins can always win, if they never make a mistake. With a fair start there are four discs already, and nobody has an advantage.",
  },

  /** Who opened the link to a game with a free seat. */
  invited: {
    invites: (who: string) => `${who} invites you to a game`,
    invited: "You are invited to a game",
    youBegin: "You begin.",
    otherBegins: "The other player begins.",
    play: "Play",
    watch: "Watch",
    waiting: "Waiting for a second player…",
  },

  leaving: {
    resign: "Resign",
    reallyResign: "Do you want to resign? The game is over then, and lost.",
    offerDraw: "Offer a draw",
    youOffer: "You offer a draw.",
    takeBack: "Take it back",
    offers: (who: string) => `${who} offers a draw.`,
    accept: "Accept",
    decline: "Decline",
    isAway: (who: string) => `${who} is away.`,
    /** A countdown for the eyes. */
    claimIn: (seconds: number) => `You can claim the win in ${seconds} s.`,
    mayClaim: (who: string) => `${who} has been away for a minute: you can claim the win, or wait.`,
    claim: "Claim the win",
  },

  series: {
    wants: (who: string) => `${who} wants to play again.`,
    youWant: "You want to play again. Waiting for the answer…",
    next: "To the next game",
    nextBegan: "The next game has begun.",
    wins: (count: number) => `${count} ${plural(count, { one: "win", other: "wins" })}`,
    draws: (count: number) => `Draws in this series: ${count}.`,
    /** Said when a game of the series begins. */
    game: (number: number) => `Game ${number} of the series.`,
  },

  replay: {
    name: "Replay",
    start: "Start of the game",
    /** Of a game whose first moves are not known. */
    known: "Where the moves are known from",
    move: (move: number, who: string, column: number) => `Move ${move}: ${who}, column ${column}`,
    position: (move: number, of: number, who: string, column: number) =>
      `Move ${move} of ${of}: ${who}, column ${column}`,
    isMistake: (move: string) => `${move}, a mistake`,
    slider: "Move",
    first: "To the start",
    back: "Back one move",
    forward: "Forward one move",
    last: "To the last move",
    news: "The game has gone on.",
    toGame: "Back to the game",
    lookingBack: "This is an earlier position: go back to the game to play.",
    moves: "Moves",
    columns: "The moves as columns",
    link: "Link to this position",
    copy: "Copy",
    copied: "Copied.",
    notCopied: "Your browser does not copy it: please do.",
  },

  position: {
    open: "Enter moves",
    moves: "Moves as columns, such as 4455",
    show: "Show",
    /** Why a move is none; moves are counted from 1. */
    wrong: {
      noColumn: (move: number, text: string) =>
        `Move ${move} is wrong: “${text}” is no column from 1 to 7.`,
      full: (move: number, text: string) => `Move ${move} is wrong: column ${text} is full.`,
      over: (move: number, text: string) =>
        `Move ${move} is wrong: the game is over before “${text}”.`,
    },
  },

  invitation: {
    sendLink: "Send this link to a friend. The game begins when they want to play.",
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
    /** After a column and what it leads to. */
    played: ", played",
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
