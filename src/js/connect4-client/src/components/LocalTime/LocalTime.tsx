/** A moment of the server's, in the words and the time zone of the visitor. */
export function LocalTime({ at }: { at: string }) {
  const shown = new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return <time dateTime={at}>{shown}</time>;
}
