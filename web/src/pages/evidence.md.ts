import { readFileSync } from "node:fs";

/** What receipts and reports promise, as whoever writes a check of their own needs it. */
export const GET = () =>
  new Response(readFileSync("docs/evidence.md"), { headers: { "content-type": "text/markdown" } });
