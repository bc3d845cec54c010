import { App } from "../components/App/App";

export default function Page() {
  return <App />;
}
