import { readFileSync } from "node:fs";

/** The verifier that is not ours to run: it must be had from where the proof is read. */
export const GET = () =>
  new Response(readFileSync("verify-fairness.mjs"), { headers: { "content-type": "text/javascript" } });
