// `npm run bench:web`: Lighthouse and weight of the built storefront against its budgets. Exit code 1 if one is missed.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../local/free-port.ts";
import { buildSite } from "../../local/start/build-site.ts";
import { progress } from "../../local/start/progress.ts";
import { newSale, startBrowserCloud } from "../../tests/browser/browser-cloud.ts";
import { installLighthouse } from "./install-lighthouse.ts";
import { pageWeight } from "./page-weight.ts";

const KB = 1024;
const BUDGETS = { accessibility: 100, performance: 98, scriptBytes: 20 * KB, allBytes: 60 * KB };
const LIMIT_MS = 120_000;
const FOLDER = ".local/lighthouse";

type Report = {
  readonly categories: Readonly<Record<"accessibility" | "performance", { readonly score: number }>>;
  readonly audits: {
    readonly "network-requests": {
      readonly details: { readonly items: readonly { readonly url: string }[] };
    };
  };
};

/** Lighthouse with its own mobile throttling, in the browser that listens on `port`. */
async function judge(program: string, url: string, port: number, name: string): Promise<Report> {
  const file = join(FOLDER, `${name}.json`);
  const flags = ["--quiet", "--output=json", `--output-path=${file}`, `--port=${port}`];
  const only = "--only-categories=accessibility,performance";
  // Not synchronously: the site that it looks at is served by this very process.
  await promisify(execFile)(process.execPath, [program, url, ...flags, only], { timeout: LIMIT_MS });
  return JSON.parse(readFileSync(file, "utf8")) as Report;
}

const program = installLighthouse();
mkdirSync(FOLDER, { recursive: true });
await buildSite();
const port = await freePort();
const cloud = await startBrowserCloud({}, [`--remote-debugging-port=${port}`]);
let isGood = true;
try {
  const saleId = await newSale(cloud, { allocated: 1000 });
  for (const [name, path] of [
    ["list", "/"],
    ["sale", `/sale/${saleId}`],
  ] as const) {
    const report = await judge(program, cloud.siteUrl + path, port, name);
    const weight = await pageWeight(report.audits["network-requests"].details.items.map((item) => item.url));
    const accessibility = Math.round(report.categories.accessibility.score * 100);
    const performance = Math.round(report.categories.performance.score * 100);
    const isWithin =
      accessibility >= BUDGETS.accessibility &&
      performance >= BUDGETS.performance &&
      weight.scriptBytes <= BUDGETS.scriptBytes &&
      weight.allBytes <= BUDGETS.allBytes;
    isGood &&= isWithin;
    const kb = (bytes: number) => `${(bytes / KB).toFixed(1)} KB`;
    progress(
      `${isWithin ? "ok    " : "MISSED"} ${name}: accessibility ${accessibility}, performance ${performance}, ` +
        `JavaScript ${kb(weight.scriptBytes)}, in all ${kb(weight.allBytes)} (gzip)`,
    );
  }
} finally {
  await cloud.stop();
}
process.exit(isGood ? 0 : 1);
