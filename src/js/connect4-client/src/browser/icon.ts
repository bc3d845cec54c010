/** The page's icon in the tab, which changes when the person is called. */

const CALLING = "icon-your-turn.svg";

export function markIcon(isMarked: boolean): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="icon"]')) {
    link.dataset.plain ??= link.href;
    const plain = link.dataset.plain;
    if (plain.endsWith(".svg")) {
      link.href = isMarked ? new URL(CALLING, plain).href : plain;
    }
  }
}
