import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { readFileSync } from "node:fs";
// web/src/pages/fairness.md.ts
var fairness_md_exports = /* @__PURE__ */ __exportAll({ GET: () => GET });
/** The protocol of the line, as whoever writes a verifier needs it. */
var GET = () => new Response(readFileSync("docs/fairness.md"), { headers: { "content-type": "text/markdown" } });
// \0virtual:astro:page:src/pages/fairness.md@_@ts
var page = () => fairness_md_exports;
export { page };
