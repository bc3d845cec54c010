import "@fontsource-variable/figtree";
import "./global.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";

const DESCRIPTION = "Drop discs, connect four. Play a friend with a link, or two at one screen.";

export const metadata: Metadata = {
  title: "Connect 4",
  description: DESCRIPTION,
  icons: { icon: "/icon.svg" },
  openGraph: { title: "A game of Connect 4", description: DESCRIPTION, type: "website" },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f2ed" },
    { media: "(prefers-color-scheme: dark)", color: "#14171d" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <noscript>
          Connect 4 is played with JavaScript, which this browser has switched off.
        </noscript>
      </body>
    </html>
  );
}
