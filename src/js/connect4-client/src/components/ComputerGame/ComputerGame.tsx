import { useEffect, useReducer } from "react";
import { type Computer, computer as ofThePage } from "../../computer/computer";
import {
  computerGame,
  rememberComputerGame,
  rememberedComputerGame,
} from "../../computer/computerGame";
import { NewComputerGame } from "../NewComputerGame/NewComputerGame";
import { RunningComputerGame } from "./RunningComputerGame";

/** A game against the computer, which needs no server and survives a reload; first, its choices. */
export function ComputerGame({ computer = ofThePage }: { computer?: Computer }) {
  const [game, act] = useReducer(computerGame, undefined, rememberedComputerGame);

  useEffect(() => rememberComputerGame(game), [game]);

  if (game === null) {
    return <NewComputerGame onStart={(level, you) => act({ type: "start", level, you })} />;
  }
  return <RunningComputerGame game={game} act={act} computer={computer} />;
}
