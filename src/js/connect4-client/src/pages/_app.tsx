import "@fontsource-variable/figtree";
import "./global.css";
import { type ComponentType, useEffect } from "react";
import { keepForOffline } from "../offline/keepForOffline";

export default function Site({ Component }: { Component: ComponentType }) {
  useEffect(() => {
    keepForOffline();
  }, []);

  return <Component />;
}
