import { Head, Html, Main, NextScript } from "next/document";
import { de } from "../words/de";
import { en } from "../words/en";
import { is } from "../words/is";
import { LANGUAGES } from "../words/language";

// The page is built as the start page looks in English. Where another screen or another language is
// wanted, it waits for the scripts with nothing (App.module.css). As useWantedLanguage has it.
const SAY_WHAT_IS_ON = `{
  let chosen = null;
  try {
    chosen = localStorage.getItem("connect4.setting.language");
  } catch {}
  const wanted = [chosen, ...navigator.languages.map((tag) => tag.split("-")[0])];
  const language = wanted.find((tag) => ${JSON.stringify(Object.keys(LANGUAGES))}.includes(tag));
  if (location.search || (language ?? "en") !== "en") {
    document.documentElement.dataset.opening = "";
  }
}`;

/** The frame of every page. All addresses are relative: the site works at any path of a server. */
export default function Frame() {
  return (
    <Html lang="en">
      <Head>
        <title>{en.name}</title>
        <meta name="description" content={en.description} />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f4f2ed" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#14171d" />
        <link rel="icon" href="./icon.svg" />
        <link rel="apple-touch-icon" href="./icon-180.png" />
        <link rel="manifest" href="./manifest.webmanifest" />
        {/* Link previews. The server makes the two addresses absolute, as their readers want them. */}
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={en.name} />
        <meta property="og:title" content={en.linkTitle} />
        <meta property="og:description" content={en.description} />
        <meta property="og:url" content="./" />
        <meta property="og:image" content="./preview.png" />
        <meta property="og:image:width" content="1200" />
        <meta property="og:image:height" content="630" />
        <meta property="og:image:alt" content={en.linkPicture} />
        <meta name="twitter:card" content="summary_large_image" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant */}
        <script dangerouslySetInnerHTML={{ __html: SAY_WHAT_IS_ON }} />
      </Head>
      <body>
        <Main />
        <noscript>
          {[en, de, is].map(({ language, noScript }) => (
            <p key={language} lang={language}>
              {noScript}
            </p>
          ))}
        </noscript>
        <NextScript />
      </body>
    </Html>
  );
}
