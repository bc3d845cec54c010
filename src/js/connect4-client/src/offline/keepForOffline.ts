import { TAKE_OVER_IF_ALONE } from "./messages";

/**
 * Registers the service worker, so that the next visit needs no network. If a newer release is
 * already here, and no other page of the old one is open, it is taken at once.
 */
export async function keepForOffline(): Promise<void> {
  // Only on secure pages: over HTTPS, or on this computer.
  const workers = navigator.serviceWorker;
  if (workers === undefined) {
    return;
  }
  try {
    const { waiting } = await workers.register("service-worker.js");
    if (waiting !== null) {
      workers.addEventListener("controllerchange", () => window.location.reload(), { once: true });
      waiting.postMessage(TAKE_OVER_IF_ALONE);
    }
  } catch (error) {
    // Such as in a private window: the game needs the network then, and nothing else changes.
    console.info("not kept for offline use:", error);
  }
}
