import { Redis } from "ioredis";
import { Client } from "pg";
import { afterAll, expect, test } from "vitest";
import type { SaleWatch } from "../core/contract/admin.ts";
import type { OperationResult } from "../ops/operations/operation.ts";
import { operations } from "../core/topology.ts";
import { callApi } from "../local/call-api.ts";
import { type Cloud, startCloud } from "../local/cloud.ts";
import { createSale } from "../load/create-sale.ts";
import { localSession } from "../load/local-session.ts";
import { testStores } from "./support/stores.ts";
import { waitFor } from "./support/wait-for.ts";

const stores = await testStores();
const snapshot = `${new URL(stores.databaseUrl).pathname.slice(1)}_snapshot`;
/** An entry without a row is published again once it is older than half a minute. */
const ROWS_LIMIT_MS = 60_000;
const viewer = localSession("viewer");

async function onServer(sql: string): Promise<void> {
  const url = new URL(stores.databaseUrl);
  url.pathname = "/postgres";
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

afterAll(() => onServer(`DROP DATABASE IF EXISTS ${snapshot} WITH (FORCE)`));

/** The cloud on these stores for as long as `use` takes; functions in processes of their own, as after a new deploy. */
async function withCloud<T>(databaseUrl: string, use: (cloud: Cloud) => Promise<T>): Promise<T> {
  const external = { ...stores, databaseUrl };
  const cloud = await startCloud({
    external,
    prefix: stores.prefix,
    runner: "workers",
    schedules: ["guardian"],
  });
  try {
    return await use(cloud);
  } finally {
    await cloud.stop();
  }
}

const watch = ({ apiUrl }: Cloud, saleId: string) =>
  callApi<SaleWatch>(apiUrl, `GET /api/admin/sales/${saleId}`, { token: viewer.token });

async function buy(cloud: Cloud, saleId: string, rows: number): Promise<string[]> {
  const bought: string[] = [];
  for (let count = 0; count < 2; count++) {
    const call = { token: localSession().token, idempotencyKey: crypto.randomUUID(), body: { saleId } };
    const { orderId } = await callApi<{ orderId: string }>(cloud.apiUrl, "POST /api/sale/purchase", call);
    bought.push(orderId);
  }
  await waitFor("the order rows", async () => (await watch(cloud, saleId)).orders.confirmed === rows);
  return bought;
}

test("the runbook's restore: PostgreSQL from a snapshot, an empty Redis, the ledger as it is; every accepted order is there", async () => {
  const { saleId, early } = await withCloud(stores.databaseUrl, async (cloud) => {
    const id = await createSale(cloud.apiUrl, { name: "Lamp", allocated: 10 });
    return { saleId: id, early: await buy(cloud, id, 2) };
  });
  await onServer(`CREATE DATABASE ${snapshot} TEMPLATE ${new URL(stores.databaseUrl).pathname.slice(1)}`);
  const late = await withCloud(stores.databaseUrl, (cloud) => buy(cloud, saleId, 4));

  const redis = new Redis(stores.redisUrl);
  await redis.flushdb();
  redis.disconnect();
  const restored = new URL(stores.databaseUrl);
  restored.pathname = `/${snapshot}`;
  await withCloud(restored.href, async (cloud) => {
    const operate = (...words: string[]) =>
      cloud.runner.invoke(operations, { words }) as Promise<OperationResult>;
    expect(await operate("recover", saleId)).toMatchObject({ isWell: true });
    await expect
      .poll(async () => (await watch(cloud, saleId)).orders.confirmed, {
        timeout: ROWS_LIMIT_MS,
        interval: 500,
      })
      .toBe(4);
    expect(await operate("reconcile", saleId)).toMatchObject({ isWell: true });
    const { orders } = await callApi<{ orders: { orderId: string; state: string }[] }>(
      cloud.apiUrl,
      `GET /api/admin/sales/${saleId}/orders?format=json`,
      { token: viewer.token },
    );
    expect(orders.map(({ orderId }) => orderId).sort()).toEqual([...early, ...late].sort());
    expect(new Set(orders.map(({ state }) => state))).toEqual(new Set(["confirmed"]));
    expect((await watch(cloud, saleId)).stock).toMatchObject({ allocated: 10, available: 6, sold: 4 });
    await buy(cloud, saleId, 6);
  });
}, 120_000);
