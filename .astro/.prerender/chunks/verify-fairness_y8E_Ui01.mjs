import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { readFileSync } from "node:fs";
// web/src/pages/verify-fairness.mjs.ts
var verify_fairness_mjs_exports = /* @__PURE__ */ __exportAll({ GET: () => GET });
/** The verifier that is not ours to run: it must be had from where the proof is read. */
var GET = () => new Response(readFileSync("verify-fairness.mjs"), { headers: { "content-type": "text/javascript" } });
// \0virtual:astro:page:src/pages/verify-fairness.mjs@_@ts
var page = () => verify_fairness_mjs_exports;
export { page };
