import "@fontsource-variable/figtree";
import "./global.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { en } from "../words/en";

export const metadata: Metadata = {
  description: en.description,
  icons: { icon: "/icon.svg" },
  openGraph: { title: en.linkTitle, description: en.description, type: "website" },
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
      <head>
        {/* Not of `metadata`: Next.js would set that one late, perhaps over a screen's own title. */}
        <title>{en.name}</title>
      </head>
      <body>
        {children}
        <noscript>{en.noScript}</noscript>
      </body>
    </html>
  );
}
