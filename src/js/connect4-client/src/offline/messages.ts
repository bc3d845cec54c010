/** From a page that was just opened to the service worker of a newer release, which waits. */
export const TAKE_OVER_IF_ALONE = "take over if alone";
