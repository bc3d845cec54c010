import { en } from "../words/en";

/** What a server shows at an address where there is nothing. It has no scripts. */
export default function NothingHere() {
  return (
    <main>
      <h1>{en.name}</h1>
      <p>{en.nothingHere}</p>
    </main>
  );
}
