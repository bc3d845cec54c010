/** The clipboard, on secure pages and on the plain HTTP of a home network. */

/** Copies the text of a field; returns whether the browser did, and else leaves it selected. */
export async function copy(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Without HTTPS there is no navigator.clipboard, and elsewhere it may be forbidden. The old
    // command is neither.
    field.select();
    return document.execCommand("copy");
  }
}
