import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bundleOf, filesOf, linksOf, reachablePart, sizeOf, staticPart, textOf } from "./bundles.ts";
import { root } from "./sst.ts";
import { linkTypes } from "./synthesize.ts";
import { view } from "./view.ts";

const KILOBYTE = 1024;
const functions = view("production").functions();
/** Given to every function, or set by SST and read by its own code. */
const COMMON = ["STAGE", "SCHEMA", "METRICS_NAMESPACE", "NODE_EXTRA_CA_CERTS"];
/** What our own way to DynamoDB and SQS says to them. */
const AWS_CALLS = /DynamoDB_20120810|AmazonSQS/;
const isOurs = (name: string) => !name.startsWith("SST_") && !COMMON.includes(name);
const toVariable = (link: string) => link.replace(/(?<!^)([A-Z])/g, "_$1").toUpperCase();

// Of both, 190 KB are ioredis. See docs/decisions/0140-what-a-cold-start-does-not-load.md.
test("purchase: what is loaded before the first request is at most 280 KB in 6 files, with all that it may need 330 KB", () => {
  const folder = bundleOf("Purchase");
  expect(staticPart(folder).size).toBeLessThanOrEqual(6);
  expect(sizeOf(staticPart(folder))).toBeLessThanOrEqual(280 * KILOBYTE);
  expect(sizeOf(reachablePart(folder))).toBeLessThanOrEqual(330 * KILOBYTE);
  // Node's own `process`, imported as a module, is read whole.
  expect(textOf(reachablePart(folder))).not.toMatch(/from *"(?:node:)?process"/);
});

test("purchase: no AWS call on the way to a refusal, and nothing of the SDK's clients at all", () => {
  const folder = bundleOf("Purchase");
  const early = textOf(staticPart(folder));
  expect(early).not.toMatch(AWS_CALLS);
  expect(early).toContain("evalsha");
  // The search does find them where they are.
  expect(textOf(reachablePart(folder))).toMatch(AWS_CALLS);
  const clients = /DynamoDBClient|SQSClient|SESv2Client|NodeHttpHandler/;
  expect(textOf(reachablePart(folder))).not.toMatch(clients);
  expect(textOf(reachablePart(bundleOf("Guardian")))).toMatch(clients);
});

test.each(functions)("$name: no tracer, no map, within 3 MB", ({ name }) => {
  const folder = bundleOf(name);
  expect(textOf(filesOf(folder))).not.toMatch(/aws-xray-sdk|captureAWSv3/);
  expect(readdirSync(folder).filter((file) => !/\.mjs$|^resource\.enc$/.test(file))).toEqual([]);
  expect(sizeOf(filesOf(folder))).toBeLessThan(3 * KILOBYTE * KILOBYTE);
});

test.each(functions)("$name is granted nothing that its code does not ask for", ({ name, variables }) => {
  const folder = bundleOf(name);
  const links = Object.keys(linksOf(folder)).filter((link) => link !== "App");
  const names = [...Object.keys(variables).filter(isOurs), ...links.map(toVariable)];
  const code = textOf(filesOf(folder));
  expect(names.filter((variable) => !code.includes(`"${variable}"`))).toEqual([]);
});

test.each(functions)("$name starts with what the stage gives it", ({ name, variables }) => {
  const folder = bundleOf(name);
  const script = `const m = await import("./bundle.mjs"); if (typeof m.handler !== "function") throw 0; process.exit(0)`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: folder,
    encoding: "utf8",
    env: { ...variables, AWS_REGION: "us-east-1", NODE_EXTRA_CA_CERTS: "" },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.each([
  ["on-demand", false],
  ["provisioned-concurrency", true],
])("purchase, started %s: the AWS clients are loaded before any request: %s", (type, isLoaded) => {
  const folder = bundleOf("Purchase");
  const { variables } = functions.find(({ name }) => name === "Purchase")!;
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    await import("./bundle.mjs");
    console.log(loaded.filter((url) => url.startsWith("file:")).join("\\n"));
    process.exit(0);`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...variables,
      AWS_REGION: "us-east-1",
      NODE_EXTRA_CA_CERTS: "",
      AWS_LAMBDA_INITIALIZATION_TYPE: type,
    },
  });
  const loaded = textOf(
    stdout
      .trim()
      .split("\n")
      .map((url) => fileURLToPath(url)),
  );
  expect(loaded).toContain("evalsha");
  expect(AWS_CALLS.test(loaded)).toBe(isLoaded);
});

test("purchase: a cold start loads no part of Node that ioredis does without, but for reading its secrets and its log", () => {
  const { variables } = functions.find(({ name }) => name === "Purchase")!;
  const script = `await import("./bundle.mjs"); console.log(process.moduleLoadList.join("\\n")); process.exit(0)`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: bundleOf("Purchase"),
    encoding: "utf8",
    env: { ...variables, AWS_REGION: "us-east-1", NODE_EXTRA_CA_CERTS: "" },
  });
  const loaded = stdout.split("\n");
  expect(loaded).toContain("NativeModule tls");
  const large = ["http", "https", "http2", "zlib", "child_process", "worker_threads", "sqlite", "readline"];
  expect(large.filter((name) => loaded.includes(`NativeModule ${name}`))).toEqual([]);
});

test("the database and the gate are only spoken to over TLS with their certificates checked", () => {
  const links = linksOf(bundleOf("OrderQueueSubscriber"));
  expect(links["RedisUrl"]?.value).toMatch(/^rediss:\/\/default:[^@]+@clustercfg\.gate\./);
  expect(links["DatabaseUrl"]?.value).toMatch(/^postgres:.*@orders\..*\?sslmode=verify-full$/);
});

test("functions reach PostgreSQL as their own role; only migrations have the owner's password", () => {
  const passwords = new Set<string>();
  for (const { name } of functions) {
    const links = linksOf(bundleOf(name));
    const [own, owners] = [links["DatabaseUrl"]?.value, links["DatabaseOwnerUrl"]?.value];
    expect([name, owners !== undefined]).toEqual([name, name === "Migrations"]);
    if (owners) expect(new URL(owners).username).toBe("postgres");
    if (own) expect([name, new URL(own).username]).toEqual([name, "flash_sale_functions"]);
    for (const url of [own, owners]) if (url) passwords.add(new URL(url).password);
  }
  expect(passwords.size).toBe(2);
});

test("sst-env.d.ts is what a deploy writes", () => {
  const remedy = "cp .sst/synth/sst-env.d.ts sst-env.d.ts";
  expect(readFileSync(join(root, "sst-env.d.ts"), "utf8"), remedy).toBe(readFileSync(linkTypes, "utf8"));
});
