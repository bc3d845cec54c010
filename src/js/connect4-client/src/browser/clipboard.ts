/** The clipboard, on secure pages and on the plain HTTP of a home network. */

/** Copies the text of a field; returns whether the browser did. */
export async function copy(field: HTMLInputElement): Promise<boolean> {
  // Without HTTPS there is no navigator.clipboard, but still what came before it.
  if (navigator.clipboard === undefined) {
    field.select();
    return document.execCommand("copy");
  }
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // The person, or the page that embeds this one, does not allow it.
    field.select();
    return false;
  }
}
