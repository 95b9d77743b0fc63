import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { createSale } from "../load/create-sale.ts";
import { testCloud } from "../tests/support/cloud.ts";
import { testOrders } from "../tests/support/test-orders.ts";
import { collectionFile } from "./render.ts";
import { stories } from "./stories.ts";

type Report = {
  readonly run: {
    readonly executions: readonly { readonly item: { readonly name: string } }[];
    readonly failures: readonly { readonly error: { readonly message: string } }[];
  };
};

const LIMIT_MS = 60_000;
const cloud = await testCloud();
const { rowsOf } = testOrders(cloud.databaseUrl);
const folder = mkdtempSync(join(tmpdir(), "flash-sale-newman-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a story as its user would, by Newman's command; answers what was sent, and what failed. */
async function newman(story: string): Promise<{ readonly sent: string[]; readonly failures: string[] }> {
  const report = join(folder, "report.json");
  const flags = ["--folder", story, "--bail", "--reporters", "json", "--reporter-json-export", report];
  const variables = { baseUrl: cloud.apiUrl, mailboxUrl: cloud.mailboxUrl };
  const addresses = Object.entries(variables).flatMap(([key, url]) => ["--env-var", `${key}=${url}`]);
  const limits = ["--timeout-request", "10000", "--timeout", String(LIMIT_MS)];
  const run = promisify(execFile)("newman", ["run", collectionFile, ...flags, ...addresses, ...limits], {
    timeout: LIMIT_MS,
  });
  await run.catch(() => {}); // what failed is in the report
  const { executions, failures } = (JSON.parse(readFileSync(report, "utf8")) as Report).run;
  return {
    sent: executions.map(({ item }) => item.name),
    failures: failures.map(({ error }) => error.message),
  };
}

/** Each once, however often a step was repeated. */
const inOrder = (names: readonly string[]) => names.filter((name, index) => name !== names[index - 1]);

test("a shopper signs in and buys, request after request", { timeout: LIMIT_MS }, async () => {
  const saleId = await createSale(cloud.apiUrl, { name: "Newman", allocated: 3 });
  const { sent, failures } = await newman("Buy, in order");
  expect(failures).toEqual([]);
  expect(inOrder(sent)).toHaveLength(stories[0]!.steps.length);
  expect(await rowsOf(saleId)).toMatchObject([{ state: "confirmed", quantity: 1 }]);
});

test("an operator creates a sale, changes it and ends it", { timeout: LIMIT_MS }, async () => {
  const { sent, failures } = await newman("Operate, in order");
  expect(failures).toEqual([]);
  expect(inOrder(sent)).toHaveLength(stories[1]!.steps.length);
});
