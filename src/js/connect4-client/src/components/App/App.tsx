import { lazy, type MouseEvent, useEffect, useRef, useState } from "react";
import { type Api, configuredApi, type Wishes } from "../../api/client";
import { navigate, useAddress } from "../../browser/address";
import { gameIdIn, seatIn } from "../../game/link";
import { keptName } from "../../game/playerName";
import { isSeatKept, rememberLinkedSeat, rememberSeat } from "../../game/seats";
import { useWords } from "../../words/useWords";
import { WordsProvider } from "../../words/WordsProvider";
import { Deferred } from "../Deferred/Deferred";
import { Disc } from "../Disc/Disc";
import { GameRefused } from "../GameRefused/GameRefused";
import { LocalCoopGame } from "../LocalCoopGame/LocalCoopGame";
import { Settings } from "../Settings/Settings";
import { StartGame } from "../StartGame/StartGame";
import styles from "./App.module.css";

// What only some play is loaded when they do.
const ComputerGame = lazy(async () => ({
  default: (await import("../ComputerGame/ComputerGame")).ComputerGame,
}));
const OnlineMultiplayerGame = lazy(async () => ({
  default: (await import("../OnlineMultiplayerGame/OnlineMultiplayerGame")).OnlineMultiplayerGame,
}));

/** The whole page: its address says what is on. */
export function App() {
  return (
    <WordsProvider fallback={<AsBuilt />}>
      <Page />
    </WordsProvider>
  );
}

/** The start page, in English and without a function: what is seen before the scripts run. */
function AsBuilt() {
  return (
    <div className={`${styles.page} ${styles.asBuilt}`} inert>
      <main className={styles.main}>
        <StartGame
          api={null}
          onNewGame={async () => {}}
          onOpen={() => {}}
          onLocal={() => {}}
          onComputer={() => {}}
        />
      </main>
    </div>
  );
}

function Page() {
  const address = useAddress();
  const [api] = useState(configuredApi);
  useState(takeLinkedSeat);
  const main = useRef<HTMLElement>(null);
  const lastScreen = useRef<string | null>(null);
  const screen = address === null ? null : screenAt(address);

  useEffect(() => {
    // The control that led to a new screen went with the old one, and the focus with it.
    if (lastScreen.current !== null && lastScreen.current !== screen) {
      main.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    lastScreen.current = screen;
  }, [screen]);

  return (
    <div className={styles.page}>
      {address !== null && (
        <>
          {address !== "" && <Header />}
          <main ref={main} tabIndex={-1} className={styles.main}>
            <Screen address={address} api={api} />
          </main>
        </>
      )}
    </div>
  );
}

/** Takes the seat whose secret the address has. Where the browser keeps it, the address need not. */
function takeLinkedSeat() {
  const { hash, pathname, search } = window.location;
  const gameId = gameIdIn(new URLSearchParams(search).get("game") ?? "");
  const playerId = seatIn(hash);
  if (gameId !== null && playerId !== null) {
    rememberLinkedSeat(gameId, playerId);
    if (isSeatKept(gameId)) {
      window.history.replaceState(null, "", pathname + search);
    }
  }
}

/** What is on, wherever in the game one looks. */
function screenAt(address: string): string {
  const query = new URLSearchParams(address);
  query.delete("ply");
  query.delete("moves");
  return query.toString();
}

function Header() {
  const { name } = useWords();

  function toStart(event: MouseEvent) {
    if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      navigate("");
    }
  }

  return (
    <header className={styles.header}>
      <h1>
        <a href="./" onClick={toStart}>
          <span className={styles.logo} aria-hidden="true">
            <Disc player={1} />
            <Disc player={2} />
          </span>
          {name}
        </a>
      </h1>
      <Settings />
    </header>
  );
}

function open(gameId: string) {
  navigate(`?game=${gameId}`);
}

function Screen({ address, api }: { address: string; api: Api }) {
  const query = new URLSearchParams(address);
  const game = query.get("game");

  async function newGame(wishes: Wishes = {}) {
    const created = await api.createGame({ ...wishes, name: keptName() });
    rememberSeat(created);
    // Who has gone on to something else meanwhile stays there, and finds the game at the start.
    if (window.location.search === address) {
      navigate(`?game=${created.gameId}`);
    }
  }

  if (query.has("local")) {
    return <LocalCoopGame />;
  }
  if (query.has("computer")) {
    return (
      <Deferred>
        <ComputerGame />
      </Deferred>
    );
  }
  if (game === null) {
    return (
      <StartGame
        api={api}
        onNewGame={newGame}
        onOpen={open}
        onLocal={() => navigate("?local")}
        onComputer={() => navigate("?computer")}
      />
    );
  }
  const gameId = gameIdIn(game);
  if (gameId === null) {
    return (
      <GameRefused refusal="Game not found" onNewGame={newGame} onLeave={() => navigate("")} />
    );
  }
  return (
    <Deferred key={gameId}>
      <OnlineMultiplayerGame
        api={api}
        gameId={gameId}
        onNewGame={newGame}
        onNext={open}
        onLeave={() => navigate("")}
      />
    </Deferred>
  );
}
