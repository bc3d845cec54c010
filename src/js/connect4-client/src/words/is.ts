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
    notAllowed: "Vafrinn leyfir ekki tilkynningar frá þessari síðu.",
    close: "Loka",
    language: "Tungumál",
    switches: {
      numberKeys: {
        label: "Takkarnir 1 til 7",
        hint: "Hver þeirra sleppir skífu í sinn dálk.",
      },
      sound: {
        label: "Hljóð og titringur",
        hint: "Þegar þú átt leik og ert ekki að horfa. Símar titra.",
      },
      notifications: {
        label: "Tilkynningar",
        hint: "Þegar þú átt leik og ert ekki að horfa. Vafrinn spyr þig fyrst.",
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
    created: "Búinn til",
  },

  yourGames: {
    name: "Leikirnir þínir",
    against: (who) => `Mótherji: ${who}`,
    gone: "Þjónninn geymir þennan leik ekki lengur.",
    showAll: (count) => `Sýna alla ${count}`,
    remove: (created) => `Fjarlægja leikinn frá ${created}`,
    removeShort: "Fjarlægja",
    removed: "Fjarlægður.",
    undo: "Afturkalla",
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
    otherResigned: (who) => `${who} gafst upp. Þú vannst!`,
    youResigned: "Þú gafst upp.",
    resigned: (who, winner) => `${who} gafst upp. ${winner} vinnur!`,
    agreed: "Þið sömduð um jafntefli.",
    othersAgreed: "Samið var um jafntefli.",
    otherStayedAway: (who) => `${who} kom ekki aftur. Þú vannst!`,
    youStayedAway: "Þú varst of lengi í burtu og tapaðir.",
    stayedAway: (who, winner) => `${who} kom ekki aftur. ${winner} vinnur!`,
    away: "ekki við",
    startOver: "Byrja upp á nýtt",
    reallyStartOver: "Byrja upp á nýtt? Þá tapast það sem búið er að leika.",
    cancel: "Hætta við",
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
    watching: "Þú fylgist með.",
    watchers: (count) =>
      plural(count, {
        one: `${count} áhorfandi fylgist með.`,
        other: `${count} áhorfendur fylgjast með.`,
      }),
    fairStart: "Jöfn byrjun: fyrstu fjórar skífurnar voru gefnar og hvorugur hefur forskot.",
    refusedMoves: {
      "Column is full": "Þessi dálkur er fullur.",
      "Game is over": "Leiknum er þegar lokið.",
      "Not your turn": "Þú átt ekki leik.",
    },
    refusedActs: {
      "Game is full": "Einhver annar varð á undan. Þú fylgist með.",
      "Game is over": "Leiknum er þegar lokið.",
      "The other player is not gone": "Mótherjinn sást á síðustu mínútu.",
    },
    notYet: "Þjónninn getur þetta ekki enn. Reyndu aftur eftir smástund.",
  },

  names: {
    label: "Nafnið þitt, ef þú vilt",
    problems: {
      tooLong: (longest) => `Í mesta lagi ${longest} stafir.`,
      characters: "Í nafninu eru tákn sem enginn sér. Slepptu þeim.",
    },
    refused: "Þjónninn tekur ekki við þessu nafni. Veldu annað.",
  },

  newGame: {
    options: "Hver byrjar og jöfn byrjun",
    whoBegins: "Hver byrjar",
    me: "Ég",
    friend: "Vinur minn",
    lots: "Dregið um það",
    fairStart: "Jöfn byrjun",
    whyFair:
      "Sá sem byrjar getur alltaf unnið ef hann gerir engin mistök. Með jafnri byrjun eru fjórar skífur þegar komnar á borðið og hvorugur hefur forskot.",
  },

  invited: {
    invites: (who) => `${who} býður þér í leik`,
    invited: "Þér er boðið í leik",
    youBegin: "Þú byrjar.",
    otherBegins: "Hinn leikmaðurinn byrjar.",
    play: "Spila",
    watch: "Fylgjast með",
    waiting: "Beðið eftir öðrum leikmanni…",
  },

  leaving: {
    resign: "Gefast upp",
    reallyResign: "Viltu gefast upp? Þá er leiknum lokið og hann tapaður.",
    offerDraw: "Bjóða jafntefli",
    youOffer: "Þú býður jafntefli.",
    takeBack: "Draga til baka",
    offers: (who) => `${who} býður jafntefli.`,
    accept: "Samþykkja",
    decline: "Hafna",
    isAway: (who) => `${who} er ekki við.`,
    claimIn: (seconds) => `Eftir ${seconds} s geturðu krafist sigurs.`,
    mayClaim: (who) =>
      `${who} hefur verið í burtu í eina mínútu: þú getur krafist sigurs eða beðið.`,
    claim: "Krefjast sigurs",
  },

  series: {
    wants: (who) => `${who} vill spila aftur.`,
    youWant: "Þú vilt spila aftur. Beðið eftir svari…",
    next: "Í næsta leik",
    nextBegan: "Næsti leikur er hafinn.",
    wins: (count) => `${count} ${plural(count, { one: "sigur", other: "sigrar" })}`,
    draws: (count) => `Jafntefli í þessari leikjaröð: ${count}.`,
    game: (number) => `Leikur ${number} í röðinni.`,
  },

  replay: {
    name: "Endursýning",
    start: "Upphaf leiksins",
    known: "Héðan eru leikirnir þekktir",
    move: (move, who, column) => `${move}. leikur: ${who}, dálkur ${column}`,
    position: (move, of, who, column) => `${move}. leikur af ${of}: ${who}, dálkur ${column}`,
    isMistake: (move) => `${move}, mistök`,
    slider: "Leikur",
    first: "Í upphafið",
    back: "Einn leik til baka",
    forward: "Einn leik áfram",
    last: "Í síðasta leik",
    news: "Leikurinn hefur haldið áfram.",
    toGame: "Aftur í leikinn",
    lookingBack: "Þetta er fyrri staða: farðu aftur í leikinn til að leika.",
    moves: "Leikir",
    columns: "Leikirnir sem dálkanúmer",
    link: "Tengill á þessa stöðu",
    copy: "Afrita",
    copied: "Afritað.",
    notCopied: "Vafrinn gat ekki afritað. Veldu textann og afritaðu.",
  },

  position: {
    open: "Slá inn leiki",
    moves: "Leikir sem dálkanúmer, til dæmis 4455",
    show: "Sýna",
    wrong: {
      noColumn: (move, text) => `${move}. leikur er rangur: „${text}“ er ekki dálkur frá 1 til 7.`,
      full: (move, text) => `${move}. leikur er rangur: dálkur ${text} er fullur.`,
      over: (move, text) => `${move}. leikur er rangur: leiknum lýkur á undan „${text}“.`,
    },
  },

  invitation: {
    sendLink: "Sendu vini þennan tengil. Leikurinn hefst þegar vinur þinn vill spila.",
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
    played: ", leikið",
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
      return `${move}. leikur: ${who} gaf frá sér ${given} með því að leika í dálk ${column}${now}. Betra: dálkur ${alternatives(better)}.`;
    },
  },
};
