/** A mark at the page's title in the tab, for who does not look at the page. */

const MARK = "● ";

export function markTitle(isMarked: boolean): void {
  const plain = document.title.replace(MARK, "");
  document.title = isMarked ? MARK + plain : plain;
}
