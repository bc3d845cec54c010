/** The words in Icelandic. */

import type { Words } from "./en";
import { momentIn, pluralIn } from "./formats";

const plural = pluralIn("is");

const moves = (count: number) => `${count} ${plural(count, { one: "leik", other: "leikjum" })}`;

// Chromium knows no lists in Icelandic.
function alternatives(items: readonly number[]): string {
  return [items.slice(0, -1).join(", "), items.at(-1)].filter((part) => part !== "").join(" eða ");
}

export const is: Words = {
  language: "is",
  name: "Fjórir í röð",
  description:
    "Slepptu skífum og tengdu fjórar. Spilaðu við vini með tengli eða tvö saman við sama tækið.",
  linkTitle: "Leikur í Fjórum í röð",
  linkPicture: "Leikborð með fjórum rauðum skífum í röð",
  nothingHere: "Það er ekkert á þessari slóð.",
  noScript: "Fjórir í röð þarf JavaScript en slökkt er á því í þessum vafra.",
  title: (screen) => `${screen} – Fjórir í röð`,
  // Chromium knows no moments in Icelandic; in German, they are written the same.
  moment: momentIn("is", "de"),
  loading: "Hleð inn…",
  notLoaded:
    "Ekki tókst að hlaða þennan hluta síðunnar. Athugaðu nettenginguna og endurhladdu síðuna.",
  reload: "Endurhlaða síðuna",
  looking: "Leita…",
  tryAgain: "Reyna aftur",
  playAgain: "Spila aftur",
  takeBack: "Taka til baka",
  newOnlineGame: "Nýr leikur á netinu",
  playComputer: "Spila við tölvuna",

  colours: { 1: "Rauður", 2: "Gulur" },

  settings: {
    name: "Stillingar",
    close: "Loka",
    language: "Tungumál",
    switches: {
      numberKeys: {
        label: "Takkarnir 1 til 7",
        hint: "Hver þeirra sleppir skífu í sinn dálk.",
      },
    },
  },

  start: {
    welcome: "Sá vinnur sem fær fjóra í röð. Spilaðu við vini, hvar sem þeir eru.",
    gameToJoin: "Tengill á leik vinar eða auðkenni leiksins",
    join: "Taka þátt",
    noGame: "Þetta er hvorki tengill á leik né auðkenni leiks.",
    or: "eða",
    localGame: "Tvö við sama tækið",
    goOn: "Halda áfram með leik",
    created: "Búinn til",
  },

  board: {
    name: "Leikborð",
    column: (column, content) => `Dálkur ${column}, ${content}`,
    empty: "tómur",
    fromBottom: (discs) =>
      `neðan frá: ${discs.map((disc) => ({ 1: "rauð", 2: "gul" })[disc]).join(", ")}`,
    full: (content) => `fullur, ${content}`,
    free: (rows) =>
      `${rows} ${plural(rows, { one: "laus reitur", other: "lausir reitir" })}, slepptu skífu`,
  },

  game: {
    name: "Leikur",
    players: "Leikmenn",
    you: "Þú",
    friend: "Vinur þinn",
    played: (who, column) => `${who} lék í dálk ${column}.`,
    wins: (who) => `${who} vinnur!`,
    youWon: "Þú vannst!",
    youLost: "Þú tapaðir.",
    draw: "Jafntefli.",
    turn: (who) => `${who} á leik`,
    yourTurn: "Þú átt leik",
    waitForTurn: (who) => `${who} á leik, bíddu aðeins`,
    startOver: "Byrja upp á nýtt",
  },

  online: {
    seatNotKept:
      "Þessi vafri geymir ekkert fyrir þessa síðu. Þegar henni hefur verið lokað kemstu aðeins aftur í sætið þitt með þessari slóð. Hver sem hefur hana getur leikið fyrir þig.",
    seatLink: "Slóð í sætið þitt",
    opening: "Opna leikinn…",
    waiting: "Beðið eftir vini þínum…",
    created: "Leikurinn var búinn til",
    connectionLost: "Sambandið rofnaði, reyni aftur…",
    connected: "Sambandið er komið á aftur.",
    unreachable: "Ekki næst í þjóninn. Reyndu aftur eftir smástund.",
    refused: (message) => `Þjónninn hafnar þessu: ${message}.`,
    refusedMoves: {
      "Column is full": "Þessi dálkur er fullur.",
      "Game is over": "Leiknum er þegar lokið.",
      "Not your turn": "Þú átt ekki leik.",
    },
  },

  invitation: {
    sendLink: "Sendu vini þennan tengil. Leikurinn hefst þegar tengillinn er opnaður.",
    link: "Tengill á þennan leik",
    onlyHere:
      "Hann virkar aðeins á þessari tölvu. Til að aðrir á netinu þínu geti verið með skaltu ræsa leikinn með",
    copy: "Afrita tengil",
    copied: "Afritað. Nú geturðu sent hann.",
    notCopied: "Vafrinn gat ekki afritað tengilinn. Veldu hann og afritaðu.",
    share: "Deila…",
    message: "Spilaðu Fjóra í röð við mig:",
    notShared: "Vafrinn gat ekki deilt tenglinum. Afritaðu hann í staðinn.",
  },

  noGame: {
    name: "Enginn leikur",
    reasons: {
      "Game is full": {
        what: "Í þessum leik eru þegar tveir leikmenn.",
        hint: "Biddu vin þinn um tengil á nýjan leik eða byrjaðu nýjan leik.",
      },
      "Game not found": {
        what: "Þessi leikur er ekki til. Athugaðu tengilinn.",
        hint: "Kannski vantar hluta af honum eða leikurinn er ekki lengur geymdur.",
      },
      "Player not found": {
        what: "Þjónninn þekkir ekki sætið þitt í þessum leik.",
        hint: "Kannski er leikurinn ekki lengur geymdur.",
      },
    },
    cannotBeOpened: "Ekki er hægt að opna leikinn.",
    serverSays: (message) => `Þjónninn segir: ${message}.`,
    toStart: "Aftur á upphafssíðu",
  },

  computer: {
    howStrong: "Styrkleiki tölvunnar",
    levels: {
      beginner: "Byrjandi",
      easy: "Auðveld",
      medium: "Miðlungs",
      hard: "Erfið",
      expert: "Sérfræðingur",
      perfect: "Fullkomin",
    },
    whoBegins: "Hver byrjar",
    youBegin: "Þú, með rauðar skífur",
    computerBegins: "Tölvan, með rauðar skífur",
    start: "Byrja",
    opponent: (level) => `Tölva, ${level.toLowerCase()}`,
    unavailable: "Ekki tókst að sækja tölvuna. Athugaðu nettenginguna og reyndu aftur.",
    hint: "Vísbending",
    newGame: "Nýr leikur",
  },

  analysis: {
    name: "Greining",
    open: "Greina",
    close: "Loka greiningu",
    unavailable: "Ekki tókst að sækja greininguna. Athugaðu nettenginguna og reyndu aftur.",
    eachColumn: "Til hvers hver dálkur leiðir",
    column: (column, outcome, isBest) =>
      `Dálkur ${column}: ${outcome}${isBest ? ", besti kostur" : ""}`,
    unknown: "ekki vitað enn",
    full: "fullur",
    draw: "jafntefli",
    wins: (who, inMoves) => `${who} vinnur í ${moves(inMoves)}`,
    short: {
      full: "Fullt",
      win: "Sigur",
      draw: "Jafnt",
      loss: "Tap",
      inMoves: (count) => `í ${count}`,
    },
    best: (columns, outcome) => `Best: dálkur ${alternatives(columns)}, ${outcome}.`,
    mistakes: "Mistök",
    noMistakes: "Engin hingað til.",
    mistake: ({ move, who, column, gaveAway, isDrawNow, better }) => {
      const given = { win: "sigurinn", draw: "jafnteflið" }[gaveAway];
      const now = isDrawNow ? ", nú er jafntefli" : "";
      return `Leikur ${move}: ${who} gaf frá sér ${given} með dálki ${column}${now}. Betra: dálkur ${alternatives(better)}.`;
    },
  },
};
