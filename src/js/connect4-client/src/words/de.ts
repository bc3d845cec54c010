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
    notAllowed: "Dein Browser erlaubt dieser Seite keine Benachrichtigungen.",
    close: "Schließen",
    language: "Sprache",
    switches: {
      numberKeys: {
        label: "Tasten 1 bis 7",
        hint: "Jede wirft einen Stein in ihre Spalte.",
      },
      sound: {
        label: "Ton und Vibration",
        hint: "Wenn du am Zug bist und nicht hinsiehst. Telefone vibrieren.",
      },
      notifications: {
        label: "Benachrichtigungen",
        hint: "Wenn du am Zug bist und nicht hinsiehst. Dein Browser fragt dich vorher.",
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
    created: "Erstellt am",
  },

  yourGames: {
    name: "Deine Spiele",
    against: (who) => `Gegen ${who}`,
    gone: "Der Server hat dieses Spiel nicht mehr.",
    showAll: (count) => `Alle ${count} zeigen`,
    remove: (created) => `Das Spiel vom ${created} entfernen`,
    removeShort: "Entfernen",
    removed: "Entfernt.",
    undo: "Rückgängig",
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
    otherResigned: (who) => `${who} hat aufgegeben. Du hast gewonnen!`,
    youResigned: "Du hast aufgegeben.",
    resigned: (who, winner) => `${who} hat aufgegeben. ${winner} gewinnt!`,
    agreed: "Ihr habt euch auf Unentschieden geeinigt.",
    othersAgreed: "Unentschieden, darauf haben sie sich geeinigt.",
    otherStayedAway: (who) => `${who} ist nicht zurückgekommen. Du hast gewonnen!`,
    youStayedAway: "Du warst zu lange weg und hast verloren.",
    stayedAway: (who, winner) => `${who} ist nicht zurückgekommen. ${winner} gewinnt!`,
    away: "nicht da",
    startOver: "Neu beginnen",
    reallyStartOver: "Neu beginnen? Die Züge dieses Spiels gehen verloren.",
    cancel: "Abbrechen",
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
    watching: "Du siehst zu.",
    watchers: (count) =>
      plural(count, { one: "1 Person sieht zu.", other: `${count} Personen sehen zu.` }),
    fairStart: "Fairer Beginn: Die ersten vier Steine lagen schon, und niemand ist im Vorteil.",
    refusedMoves: {
      "Column is full": "Diese Spalte ist voll.",
      "Game is over": "Das Spiel ist schon zu Ende.",
      "Not your turn": "Du bist nicht am Zug.",
    },
    refusedActs: {
      "Game is full": "Jemand anders war schneller. Du siehst zu.",
      "Game is over": "Das Spiel ist schon zu Ende.",
      "The other player is not gone": "In der letzten Minute war dein Gegenüber noch da.",
    },
    notYet: "Das kann der Server noch nicht. Versuch es gleich noch einmal.",
  },

  names: {
    label: "Dein Name, wenn du magst",
    problems: {
      tooLong: (longest) => `Höchstens ${longest} Zeichen, bitte.`,
      characters: "Der Name enthält Zeichen, die niemand sehen kann. Lass sie weg.",
    },
    refused: "Der Server nimmt diesen Namen nicht an. Such dir einen anderen aus.",
  },

  newGame: {
    options: "Wer beginnt, und fairer Beginn",
    whoBegins: "Wer beginnt",
    me: "Ich",
    friend: "Mein Gegenüber",
    lots: "Das Los",
    fairStart: "Fairer Beginn",
    whyFair:
      "Wer beginnt und keinen Fehler macht, kann immer gewinnen. Bei einem fairen Beginn liegen schon vier Steine, und niemand ist im Vorteil.",
  },

  invited: {
    invites: (who) => `${who} lädt dich zu einem Spiel ein`,
    invited: "Du bist zu einem Spiel eingeladen",
    youBegin: "Du beginnst.",
    otherBegins: "Dein Gegenüber beginnt.",
    play: "Spielen",
    watch: "Zusehen",
    waiting: "Warten auf jemanden, der mitspielt…",
  },

  leaving: {
    resign: "Aufgeben",
    reallyResign: "Willst du aufgeben? Dann ist das Spiel zu Ende und verloren.",
    offerDraw: "Unentschieden anbieten",
    youOffer: "Du bietest Unentschieden an.",
    takeBack: "Zurückziehen",
    offers: (who) => `${who} bietet Unentschieden an.`,
    accept: "Annehmen",
    decline: "Ablehnen",
    isAway: (who) => `${who} ist nicht da.`,
    claimIn: (seconds) => `In ${seconds} s kannst du dir den Sieg nehmen.`,
    mayClaim: (who) =>
      `${who} ist seit einer Minute nicht da: Du kannst dir den Sieg nehmen oder warten.`,
    claim: "Sieg nehmen",
  },

  series: {
    wants: (who) => `${who} will noch einmal spielen.`,
    youWant: "Du willst noch einmal spielen. Warten auf die Antwort…",
    next: "Zum nächsten Spiel",
    nextBegan: "Das nächste Spiel hat begonnen.",
    wins: (count) => `${count} ${plural(count, { one: "Sieg", other: "Siege" })}`,
    draws: (count) => `Unentschieden in dieser Serie: ${count}.`,
    game: (number) => `Spiel ${number} der Serie.`,
  },

  replay: {
    name: "Nachspielen",
    start: "Beginn des Spiels",
    known: "Ab hier sind die Züge bekannt",
    move: (move, who, column) => `Zug ${move}: ${who}, Spalte ${column}`,
    position: (move, of, who, column) => `Zug ${move} von ${of}: ${who}, Spalte ${column}`,
    isMistake: (move) => `${move}, ein Fehler`,
    slider: "Zug",
    first: "Zum Anfang",
    back: "Einen Zug zurück",
    forward: "Einen Zug vor",
    last: "Zum letzten Zug",
    news: "Das Spiel ist weitergegangen.",
    toGame: "Zurück zum Spiel",
    lookingBack: "Das ist eine frühere Stellung: Geh zurück zum Spiel, um zu ziehen.",
    moves: "Züge",
    columns: "Die Züge als Spalten",
    link: "Link zu dieser Stellung",
    copy: "Kopieren",
    copied: "Kopiert.",
    notCopied: "Dein Browser kopiert es nicht: Bitte kopiere es selbst.",
  },

  position: {
    open: "Züge eingeben",
    moves: "Züge als Spalten, etwa 4455",
    show: "Zeigen",
    wrong: {
      noColumn: (move, text) => `Zug ${move} ist falsch: „${text}“ ist keine Spalte von 1 bis 7.`,
      full: (move, text) => `Zug ${move} ist falsch: Spalte ${text} ist voll.`,
      over: (move, text) => `Zug ${move} ist falsch: Vor „${text}“ ist das Spiel schon zu Ende.`,
    },
  },

  invitation: {
    sendLink:
      "Schick diesen Link an jemanden. Das Spiel beginnt, wenn dein Gegenüber mitspielen will.",
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
    played: ", gespielt",
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
