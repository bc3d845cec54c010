import "@fontsource-variable/figtree";
import "./global.css";
import type { ComponentType } from "react";

export default function Site({ Component }: { Component: ComponentType }) {
  return <Component />;
}
