import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import type { SaleNumbers } from "../core/contract/admin.ts";
import type { PurchaseAnswer } from "../core/contract/purchase-answer.ts";
import { callApi } from "../local/call-api.ts";
import { OPERATOR_EMAIL } from "../local/environment.ts";
import { freePort } from "../local/free-port.ts";
import { ensureDatabase } from "../local/stores/ensure-database.ts";
import { startDynamo } from "../local/stores/dynamo.ts";
import { startPostgres } from "../local/stores/postgres.ts";
import { startRedis } from "../local/stores/redis.ts";
import { startSqs } from "../local/stores/sqs.ts";
import { signIn } from "../local/sign-in.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const START_LIMIT_MS = 90_000;
const folder = mkdtempSync(join(tmpdir(), "flash-sale-external-"));
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The four stores, started by hand: nothing of the local cloud knows of them but their addresses. */
async function startStoresByHand() {
  const [redis, postgres, sqs, dynamo] = await Promise.all([
    startRedis({ dataDir: join(folder, "redis") }),
    startPostgres({ dataDir: join(folder, "postgres"), isDurable: false }),
    startSqs({ dataDir: null }),
    startDynamo({ dataDir: null }),
  ]);
  stops.push(...[redis, postgres, sqs, dynamo].map((store) => () => store.stop()));
  return {
    REDIS_URL: `${redis.url}/0`,
    DATABASE_URL: await ensureDatabase(postgres.url, "flash_sale"),
    SQS_ENDPOINT: sqs.url,
    DYNAMODB_ENDPOINT: dynamo.url,
  };
}

/** `npm start`, as the container runs it. */
async function startApp(stores: Readonly<Record<string, string>>, dataDir: string) {
  const port = await freePort();
  const args = ["--import", "./local/lua-hook.mjs", "local/start.ts"];
  const flags = ["--host", "0.0.0.0", "--port", String(port), "--data", dataDir, "--no-seed"];
  // The variables that this test run gives to core are none of the app's.
  const { STAGE: _stage, ...environment } = process.env;
  const child = spawn(process.execPath, [...args, ...flags], {
    cwd: root,
    env: { ...environment, ...stores },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const stop = () => stopChild(child);
  stops.push(stop);
  const siteUrl = `http://127.0.0.1:${port}`;
  const endsAtMs = Date.now() + START_LIMIT_MS;
  while (!(await isReady(siteUrl))) {
    if (child.exitCode !== null || Date.now() > endsAtMs)
      throw new Error(`npm start did not come up:\n${printed}`);
    await sleep(200);
  }
  return { siteUrl, stop, printed: () => printed };
}

const isReady = (siteUrl: string) =>
  fetch(`${siteUrl}/api/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  await ended;
}

async function sellOne(siteUrl: string, buyer: string): Promise<{ outcome: PurchaseAnswer; saleId: string }> {
  const at = { apiUrl: siteUrl, mailboxUrl: `${siteUrl}/mailbox` };
  const operator = await signIn(at, OPERATOR_EMAIL);
  const shopper = await signIn(at, buyer);
  const sale = await callApi<SaleNumbers>(siteUrl, "POST /api/admin/sales", {
    token: operator,
    idempotencyKey: crypto.randomUUID(),
    body: {
      name: "Lamp",
      priceMinor: 4_900,
      currency: "EUR",
      allocated: 1,
      startsAt: new Date(Date.now() - 1000).toISOString(),
    },
  });
  const idempotencyKey = crypto.randomUUID();
  const endsAtMs = Date.now() + 20_000;
  for (;;)
    try {
      const body = { saleId: sale.saleId };
      const outcome = await callApi<PurchaseAnswer>(siteUrl, "POST /api/sale/purchase", {
        token: shopper,
        idempotencyKey,
        body,
      });
      for (;;) {
        const { state } = await callApi<{ state: string }>(
          siteUrl,
          `GET /api/sale/order/${outcome.orderId}`,
          {
            token: shopper,
          },
        );
        if (state === "confirmed") return { outcome, saleId: sale.saleId };
        if (Date.now() > endsAtMs) throw new Error(`The order is still ${state}.`);
        await sleep(100);
      }
    } catch (error) {
      // Nobody knows yet: the same key asks again, as the page does.
      if (!/ 503: /.test((error as Error).message) || Date.now() > endsAtMs) throw error;
      await sleep(500);
    }
}

test("npm start sells on stores that somebody else runs, and again after a second start on the same ones", async () => {
  const stores = await startStoresByHand();
  const first = await startApp(stores, join(folder, "app"));
  const { outcome } = await sellOne(first.siteUrl, "one@example.com");
  expect(outcome.outcome).toBe("accepted");
  expect(first.printed()).not.toContain("could not");
  await first.stop();
  // Queues, tables and schema are there already, and so is the data.
  const second = await startApp(stores, join(folder, "app-two"));
  const { sales } = await callApi<{ sales: { phase: string }[] }>(second.siteUrl, "GET /api/sales");
  expect(sales).toHaveLength(1);
  expect((await sellOne(second.siteUrl, "two@example.com")).outcome.outcome).toBe("accepted");
  await second.stop();
}, 180_000);
