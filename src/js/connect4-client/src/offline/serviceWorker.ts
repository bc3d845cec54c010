/**
 * Keeps the site for when there is no network: every file of the release when it is first visited,
 * and the larger layer of the opening book once it was used. The API and config.json always come
 * from the server.
 *
 * A new release is fetched beside the old one and takes over when no page of the old one is open, so
 * that a page has its own release's files until it is closed.
 */

import { CacheFirst, ExpirationPlugin, type PrecacheEntry, Serwist } from "serwist";
import { TAKE_OVER_IF_ALONE } from "./messages";
import { type Pages, showPage } from "./showPage";

// TypeScript has the types of pages and those of service workers, but not both in one project.
declare const self: {
  /** The files of the release: the postbuild puts them here. */
  readonly RELEASE: PrecacheEntry[];
  readonly clients: Pages;
  addEventListener(type: "message", hear: (event: WorkerMessage) => void): void;
  addEventListener(type: "notificationclick", hear: (event: NotificationClick) => void): void;
  skipWaiting(): Promise<void>;
};

interface WorkerMessage extends MessageEvent {
  waitUntil(work: Promise<void>): void;
}

interface NotificationClick extends Event {
  /** Its data is the address of the page that it is about. */
  readonly notification: Notification;
  waitUntil(work: Promise<void>): void;
}

const serwist = new Serwist({
  precacheEntries: self.RELEASE,
  precacheOptions: {
    cleanupOutdatedCaches: true,
    // The page is the same for every game.
    ignoreURLParametersMatching: [/.*/],
  },
  // The first page has its files from here, too, as soon as all of them are.
  clientsClaim: true,
  runtimeCaching: [
    {
      matcher: ({ url }) => url.pathname.endsWith(".bin"),
      handler: new CacheFirst({
        cacheName: "connect4-opening-book",
        plugins: [new ExpirationPlugin({ maxEntries: 1 })],
      }),
    },
  ],
});
serwist.addEventListeners();

self.addEventListener("message", (event) => {
  if (event.data === TAKE_OVER_IF_ALONE) {
    event.waitUntil(takeOverIfAlone());
  }
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(showPage(self.clients, event.notification.data));
});

async function takeOverIfAlone(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length === 1) {
    await self.skipWaiting();
  }
}
