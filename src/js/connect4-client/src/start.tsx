/** What the browser runs first: it takes over the page as it was built. */

import { hydrateRoot } from "react-dom/client";
import { keepForOffline } from "./offline/keepForOffline";
import Site from "./pages/_app";
import Page from "./pages/index";

const root = document.getElementById("__next");
if (root === null) {
  throw new Error("the page has no root");
}
hydrateRoot(root, <Site Component={Page} />);
keepForOffline();
