import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { callApi } from "../local/call-api.ts";
import { OPERATOR_EMAIL } from "../local/environment.ts";
import { signIn } from "../local/sign-in.ts";
import { testCloud } from "./support/cloud.ts";

const cloud = await testCloud();
const readme = readFileSync("README.md", "utf8");

/** The block that the README marks as run by this test, as a reader would paste it. */
function pastedBlock(): string {
  const block = /runs this block -->\s+```sh\n([\s\S]*?)```/.exec(readme)?.[1];
  if (!block) throw new Error("the README has no block that this test runs");
  return block
    .replace(/^API=.*$/m, `API=${cloud.apiUrl}`)
    .replace(/^MAILBOX=.*$/m, `MAILBOX=${cloud.mailboxUrl}`);
}

test("the README's curl examples sell a unit as pasted", async () => {
  const token = await signIn(cloud, OPERATOR_EMAIL);
  const sale = {
    name: "Readme",
    priceMinor: 100,
    currency: "EUR",
    allocated: 3,
    startsAt: "2026-01-01T00:00:00.000Z",
  };
  await callApi(cloud.apiUrl, "POST /api/admin/sales", { token, idempotencyKey: "readme-sale", body: sale });

  const { stdout, stderr } = await promisify(execFile)("bash", ["-c", pastedBlock()]);
  expect(stderr).toBe("");
  expect(stdout).toContain("HTTP/1.1 202");
  expect(stdout).toMatch(/"outcome":"accepted","orderId":"ord_[0-9A-Z]{26}"/);
  expect(stdout.trim().split("\n").at(-1)).toMatch(
    /"orderId":"ord_[0-9A-Z]{26}".*"state":"(accepted|confirmed)"/,
  );
});

test("every file and folder that the README names is there", () => {
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path ?? "");
  const folders = [...readme.matchAll(/^\| `(\w+\/)`/gm)].map(([, path]) => path ?? "");
  expect(links.length).toBeGreaterThan(8);
  const missing = [...links, ...folders].filter((path) => !existsSync(path));
  expect(missing).toEqual([]);
});
