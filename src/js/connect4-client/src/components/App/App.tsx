"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { type Api, configuredApi } from "../../api/client";
import { gameIdIn } from "../../game/link";
import { rememberSeat } from "../../game/storage";
import { LocalCoopGame } from "../LocalCoopGame/LocalCoopGame";
import { OnlineMultiplayerGame } from "../OnlineMultiplayerGame/OnlineMultiplayerGame";
import { StartGame } from "../StartGame/StartGame";
import styles from "./App.module.css";

// pushState tells nobody, so App tells itself.
const NAVIGATED = "connect4:navigated";

function navigate(search: string) {
  history.pushState(null, "", window.location.pathname + search);
  window.dispatchEvent(new Event(NAVIGATED));
}

function subscribeToAddress(onChange: () => void) {
  window.addEventListener("popstate", onChange);
  window.addEventListener(NAVIGATED, onChange);
  return () => {
    window.removeEventListener("popstate", onChange);
    window.removeEventListener(NAVIGATED, onChange);
  };
}

/** The page's ?query, or null while the page is rendered without a browser. */
function useAddress(): string | null {
  return useSyncExternalStore(
    subscribeToAddress,
    () => window.location.search,
    () => null,
  );
}

const CONFIG_AGAIN_MS = 2000;

/** The API that config.json names, once it is read; it is asked for until it is there. */
function useApi(): Api | null {
  const [api, setApi] = useState<Api | null>(null);
  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    function read() {
      configuredApi().then(
        (found) => !left && setApi(found),
        () => {
          timer = setTimeout(read, CONFIG_AGAIN_MS);
        },
      );
    }
    read();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, []);
  return api;
}

/** The whole page: which game is on is in its address, so that links, reload and Back work. */
export function App() {
  const address = useAddress();
  const api = useApi();

  async function newGame() {
    const game = await (api ?? (await configuredApi())).createGame();
    rememberSeat(game.gameId, game.playerId);
    navigate(`?game=${game.gameId}`);
  }

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>
          <button type="button" onClick={() => navigate("")} aria-label="Connect 4, to the start">
            <span aria-hidden="true" className={styles.red} />
            <span aria-hidden="true" className={styles.yellow} />
            Connect 4
          </button>
        </h1>
      </header>
      <main>{address !== null && <Screen address={address} api={api} onNewGame={newGame} />}</main>
    </div>
  );
}

interface ScreenProps {
  address: string;
  api: Api | null;
  onNewGame(): Promise<void>;
}

function Screen({ address, api, onNewGame }: ScreenProps) {
  const [failed, setFailed] = useState(false);
  const query = new URLSearchParams(address);
  const game = query.get("game");

  if (query.has("local")) {
    return <LocalCoopGame />;
  }
  if (game !== null) {
    const gameId = gameIdIn(game);
    if (gameId === null) {
      return (
        <p role="alert" className={styles.notice}>
          There is no such game. Check the link.
        </p>
      );
    }
    if (api === null) {
      return (
        <p role="status" className={styles.notice}>
          Opening the game…
        </p>
      );
    }
    return (
      <>
        <OnlineMultiplayerGame
          key={gameId}
          api={api}
          gameId={gameId}
          onNewGame={() =>
            onNewGame().then(
              () => setFailed(false),
              () => setFailed(true),
            )
          }
          onLeave={() => navigate("")}
        />
        <p role="alert" className={styles.notice}>
          {failed && "The server cannot be reached. Try again."}
        </p>
      </>
    );
  }
  return (
    <StartGame
      onNewGame={onNewGame}
      onJoin={(gameId) => navigate(`?game=${gameId}`)}
      onLocal={() => navigate("?local")}
    />
  );
}
