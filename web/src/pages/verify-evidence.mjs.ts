import { readFileSync } from "node:fs";

/** The check of receipts and reports that is not ours to run. */
export const GET = () =>
  new Response(readFileSync("verify-evidence.mjs"), { headers: { "content-type": "text/javascript" } });
