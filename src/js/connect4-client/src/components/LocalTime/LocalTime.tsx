import { useWords } from "../../words/useWords";

/** A moment of the server's, in the words and the time zone of the visitor. */
export function LocalTime({ at }: { at: string }) {
  const { moment } = useWords();
  return <time dateTime={at}>{moment(new Date(at))}</time>;
}
