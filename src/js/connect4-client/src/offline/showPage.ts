/** What of a service worker's clients is needed: https://w3c.github.io/ServiceWorker/#clients-interface */
export interface Pages {
  matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<readonly Page[]>;
  openWindow(url: string): Promise<unknown>;
}

interface Page {
  readonly url: string;
  focus(): Promise<unknown>;
}

/** Brings the page with this address to the front, or opens it if there is none. */
export async function showPage(pages: Pages, url: string): Promise<void> {
  const open = await pages.matchAll({ type: "window", includeUncontrolled: true });
  const page = open.find((one) => one.url === url);
  await (page === undefined ? pages.openWindow(url) : page.focus());
}
