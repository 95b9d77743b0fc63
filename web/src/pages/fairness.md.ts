import { readFileSync } from "node:fs";

/** The protocol of the line, as whoever writes a verifier needs it. */
export const GET = () =>
  new Response(readFileSync("docs/fairness.md"), { headers: { "content-type": "text/markdown" } });
