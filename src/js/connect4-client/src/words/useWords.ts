import { createContext, useContext } from "react";
import { en, type Words } from "./en";

/** The words of the chosen language; English where nothing was chosen, such as in most tests. */
export const WordsContext = createContext<Words>(en);

/** Every word that a player reads or hears, in the language of the page. */
export function useWords(): Words {
  return useContext(WordsContext);
}
