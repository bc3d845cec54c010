/** The system's notifications, where the person allows them. */

/** Whether the browser shows them; it asks the person if it has not before. */
export async function mayNotify(): Promise<boolean> {
  return "Notification" in window && (await Notification.requestPermission()) === "granted";
}

/**
 * Shows a notification, in place of the one with the same tag, if the person allows it; a click leads
 * to the page. Returns what takes it away.
 */
export function notify(title: string, body: string, tag: string): () => void {
  if (!("Notification" in window) || Notification.permission !== "granted") {
    return () => {};
  }
  try {
    const notification = new Notification(title, { body, tag, icon: "icon.svg" });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return () => notification.close();
  } catch {
    // Phones show those of service workers only.
    return notifyByWorker(title, { body, tag, icon: "icon.svg", data: window.location.href });
  }
}

function notifyByWorker(title: string, options: NotificationOptions): () => void {
  const registration = navigator.serviceWorker?.getRegistration();
  registration?.then((worker) => worker?.showNotification(title, options));
  return () => {
    registration
      ?.then((worker) => worker?.getNotifications({ tag: options.tag as string }))
      .then((shown) => {
        for (const notification of shown ?? []) {
          notification.close();
        }
      });
  };
}
