import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { root } from "./bundle.ts";

/** As in production: a cluster over TLS, here one that does not answer. */
const production = {
  STAGE: "production",
  REDIS_URL: "rediss://default:password@127.0.0.1:1",
  REDIS_CLUSTER: "1",
  LEDGER_TABLE: "ledger",
  IDENTITY_TABLE: "identity",
  LINE_TABLE: "line",
  SITE_URL: "https://shop.example.com",
  ORDER_QUEUE_URL: "http://127.0.0.1:1/orders",
  SESSION_SECRET: "s".repeat(48),
  ORIGIN_SECRET: "o".repeat(48),
  AWS_REGION: "us-east-1",
  METRICS_NAMESPACE: "bench",
  BEACON_REHEARSAL: "",
};

/** What the purchase function cannot do without: ioredis, and the client that production makes of it at its start. */
const bareClient = `import { Cluster } from "ioredis";
  const options = { dnsLookup: (address, callback) => callback(null, address), redisOptions: { tls: {} } };
  new Cluster([{ host: "127.0.0.1", port: 1 }], options).on("error", () => {});`;

export const bareEntry = {
  stdin: { contents: bareClient, resolveDir: root, sourcefile: "ioredis.ts" },
} as const;

export type ColdImport = {
  /** By the clock. */
  readonly ms: number;
  /** Of the processor, with all threads. */
  readonly cpuMs: number;
};

/** Characters of what it wrote: the line that failed comes first, and is a whole bundle. */
const ERROR_SHOWN = 1_000;

/**
 * What a fresh process needs to import the file, as production's function.
 *
 * @param more variables that it has beside those of the purchase.
 */
export async function coldImport(
  file: string,
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<ColdImport> {
  const url = pathToFileURL(file).href;
  const script = `const startedMs = performance.now();
    const before = process.cpuUsage();
    await import(${JSON.stringify(url)});
    const { user, system } = process.cpuUsage(before);
    const told = { ms: performance.now() - startedMs, cpuMs: (user + system) / 1000 };
    process.stdout.write(JSON.stringify(told) + "\\n", () => process.exit());`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    env: { PATH: process.env["PATH"], ...more, ...production },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  const told = out.trim().split("\n").at(-1) ?? "";
  if (!told.startsWith('{"ms"'))
    throw new Error(`${file} could not be imported: ${error.slice(-ERROR_SHOWN)}`);
  return JSON.parse(told) as ColdImport;
}
