import { registerHooks } from "node:module";
import { readFileSync } from "node:fs";

/** Lets Node import a `.lua` file as its text, as esbuild's text loader does in the bundles. Used by `--import`. */
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(".lua")) return nextLoad(url, context);
    const source = `export default ${JSON.stringify(readFileSync(new URL(url), "utf8"))};`;
    return { format: "module", source, shortCircuit: true };
  },
});
