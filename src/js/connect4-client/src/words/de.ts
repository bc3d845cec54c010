/** The words in German. */

import type { Words } from "./en";
import { alternativesIn, momentIn, pluralIn } from "./formats";

const plural = pluralIn("de");
const alternatives = alternativesIn("de");

const moves = (count: number) => `${count} ${plural(count, { one: "Zug", other: "Zügen" })}`;

export const de: Words = {
  language: "de",
  name: "Vier gewinnt",
  description:
    "Wirf Steine ein, verbinde vier. Spiel mit Freunden über einen Link oder zu zweit an einem Gerät.",
  linkTitle: "Eine Partie Vier gewinnt",
  linkPicture: "Ein Spielfeld von Vier gewinnt mit vier roten Steinen in einer Reihe",
  nothingHere: "An dieser Adresse ist nichts.",
  noScript: "Vier gewinnt braucht JavaScript, das in diesem Browser ausgeschaltet ist.",
  title: (screen) => `${screen} – Vier gewinnt`,
  moment: momentIn("de"),
  loading: "Wird geladen…",
  notLoaded:
    "Dieser Teil der Seite konnte nicht geladen werden. Sieh nach deiner Verbindung und lade die Seite neu.",
  reload: "Seite neu laden",
  looking: "Wird gesucht…",
  tryAgain: "Noch einmal versuchen",
  playAgain: "Noch einmal spielen",
  takeBack: "Zurücknehmen",
  newOnlineGame: "Neues Online-Spiel",
  playComputer: "Gegen den Computer",

  colours: { 1: "Rot", 2: "Gelb" },

  settings: {
    name: "Einstellungen",
    close: "Schließen",
    language: "Sprache",
    switches: {
      numberKeys: {
        label: "Tasten 1 bis 7",
        hint: "Jede wirft einen Stein in ihre Spalte.",
      },
    },
  },

  start: {
    welcome: "Vier in einer Reihe gewinnen. Spiel mit Freunden, wo immer sie sind.",
    gameToJoin: "Link oder Kennung eines Spiels von Freunden",
    join: "Mitspielen",
    noGame: "Das ist weder ein Link zu einem Spiel noch die Kennung eines Spiels.",
    or: "oder",
    localGame: "Zu zweit an diesem Gerät",
    goOn: "Ein Spiel fortsetzen",
    created: "Erstellt am",
  },

  board: {
    name: "Spielfeld",
    column: (column, content) => `Spalte ${column}, ${content}`,
    empty: "leer",
    fromBottom: (discs) =>
      `von unten: ${discs.map((disc) => ({ 1: "rot", 2: "gelb" })[disc]).join(", ")}`,
    full: (content) => `voll, ${content}`,
    free: (rows) => `${rows} frei, Stein einwerfen`,
  },

  game: {
    name: "Spiel",
    players: "Spieler",
    you: "Du",
    friend: "Dein Gegenüber",
    played: (who, column) => `${who} hat in Spalte ${column} eingeworfen.`,
    wins: (who) => `${who} gewinnt!`,
    youWon: "Du hast gewonnen!",
    youLost: "Du hast verloren.",
    draw: "Unentschieden.",
    turn: (who) => `${who} ist am Zug`,
    yourTurn: "Du bist am Zug",
    waitForTurn: (who) => `${who} ist am Zug, bitte warten`,
    startOver: "Neu beginnen",
  },

  online: {
    seatNotKept:
      "Dieser Browser behält nichts für diese Seite. Ist sie geschlossen, bringt dich nur dieser Link an deinen Platz zurück. Wer ihn hat, kann für dich spielen.",
    seatLink: "Link zu deinem Platz",
    opening: "Das Spiel wird geöffnet…",
    waiting: "Warten auf dein Gegenüber…",
    created: "Spiel erstellt am",
    connectionLost: "Verbindung verloren, neuer Versuch…",
    connected: "Wieder verbunden.",
    unreachable: "Der Server ist nicht erreichbar. Versuch es gleich noch einmal.",
    refused: (message) => `Der Server lehnt ab: ${message}.`,
    refusedMoves: {
      "Column is full": "Diese Spalte ist voll.",
      "Game is over": "Das Spiel ist schon zu Ende.",
      "Not your turn": "Du bist nicht am Zug.",
    },
  },

  invitation: {
    sendLink: "Schick diesen Link an jemanden. Das Spiel beginnt, sobald er geöffnet wird.",
    link: "Link zu diesem Spiel",
    onlyHere:
      "Er funktioniert nur auf diesem Computer. Damit andere in deinem Netz mitspielen können, starte das Spiel mit",
    copy: "Link kopieren",
    copied: "Kopiert. Jetzt verschicken.",
    notCopied: "Dein Browser kopiert ihn nicht: Bitte kopiere ihn selbst.",
    share: "Teilen…",
    message: "Spiel mit mir Vier gewinnt:",
    notShared: "Dein Browser teilt ihn nicht: Kopiere ihn stattdessen.",
  },

  noGame: {
    name: "Kein Spiel",
    reasons: {
      "Game is full": {
        what: "In diesem Spiel sind schon zwei.",
        hint: "Lass dir einen Link zu einem neuen schicken oder beginne selbst eines.",
      },
      "Game not found": {
        what: "Dieses Spiel gibt es nicht. Prüfe den Link.",
        hint: "Vielleicht fehlt ein Teil davon, oder das Spiel wird nicht mehr aufbewahrt.",
      },
      "Player not found": {
        what: "Der Server kennt deinen Platz in diesem Spiel nicht.",
        hint: "Vielleicht wird das Spiel nicht mehr aufbewahrt.",
      },
    },
    cannotBeOpened: "Das Spiel lässt sich nicht öffnen.",
    serverSays: (message) => `Der Server sagt: ${message}.`,
    toStart: "Zur Startseite",
  },

  computer: {
    howStrong: "Wie stark er spielt",
    levels: {
      beginner: "Anfänger",
      easy: "Leicht",
      medium: "Mittel",
      hard: "Schwer",
      expert: "Experte",
      perfect: "Perfekt",
    },
    whoBegins: "Wer beginnt",
    youBegin: "Du, mit Rot",
    computerBegins: "Der Computer, mit Rot",
    start: "Los",
    opponent: (level) => `Computer (${level})`,
    unavailable:
      "Der Computer konnte nicht geladen werden. Prüfe dein Netz und versuch es noch einmal.",
    hint: "Tipp",
    newGame: "Neues Spiel",
  },

  analysis: {
    name: "Analyse",
    open: "Analysieren",
    close: "Analyse schließen",
    unavailable:
      "Die Analyse konnte nicht geladen werden. Prüfe dein Netz und versuch es noch einmal.",
    eachColumn: "Wohin jede Spalte führt",
    column: (column, outcome, isBest) =>
      `Spalte ${column}: ${outcome}${isBest ? ", am besten" : ""}`,
    unknown: "noch nicht bekannt",
    full: "voll",
    draw: "unentschieden",
    wins: (who, inMoves) => `${who} gewinnt in ${moves(inMoves)}`,
    short: {
      full: "Voll",
      win: "Sieg",
      draw: "Remis",
      loss: "Verl.",
      inMoves: (count) => `in ${count}`,
    },
    best: (columns, outcome) => `Am besten: Spalte ${alternatives(columns)}, ${outcome}.`,
    mistakes: "Fehler",
    noMistakes: "Bisher keine.",
    mistake: ({ move, who, column, gaveAway, isDrawNow, better }) => {
      const given = { win: "den Sieg", draw: "das Unentschieden" }[gaveAway];
      const now = isDrawNow ? ", jetzt unentschieden" : "";
      return `Zug ${move}: ${who} hat mit Spalte ${column} ${given} vergeben${now}. Besser: Spalte ${alternatives(better)}.`;
    },
  },
};
