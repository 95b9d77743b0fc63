import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { databaseClient } from "../../core/clients/database.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { loadConfig } from "../../core/config.ts";
import type { SaleId } from "../../core/ids.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { spawnTied } from "../../local/spawn-tied.ts";
import { createSale } from "../create-sale.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { chunk } from "./chunk.ts";
import type { GuardianCost } from "./guardian-process.ts";
import { type Measurement, ratio } from "./measurement.ts";
import { median } from "./median.ts";

const MANY = 1_000;
const AT_ONCE = 4;
const TRIES = 20;
const BETWEEN_TRIES_MS = 500;
const ROUNDS = 3;
const RUN_SECONDS = 10;
/** Until the looks at what is new are done, and the waits between looks have grown. */
const SETTLING_SECONDS = 30;
const SETTLING_SECONDS_OF_MANY = 120;

/**
 * What the guardian costs while nothing happens: processor time of its process, with one open sale and with a thousand, and
 * its writes to the ledger. Not interleaved: it is one process, and processor time, that are compared.
 */
export async function benchGuardian(cloud: BenchCloud): Promise<Measurement[]> {
  const guardian = await guardianProcess();
  try {
    const sales = await newSales(cloud, 1);
    const single = await costOf(guardian, SETTLING_SECONDS);
    sales.push(...(await newSales(cloud, MANY - 1)));
    const many = await costOf(guardian, SETTLING_SECONDS_OF_MANY);
    await putAway(sales);
    const perSecond = (cpuMs: number) => `${(cpuMs / RUN_SECONDS).toFixed(1)} ms`;
    const parts = `${perSecond(many.cpuMs)} against ${perSecond(single.cpuMs)} of a core each second`;
    const writes = many.ledgerWrites / RUN_SECONDS;
    return [
      ratio("guardian, 1,000 open sales in which nothing happens / one", many.cpuMs / single.cpuMs, parts, {
        most: 2,
      }),
      {
        budget: "guardian's ledger writes with 1,000 such sales",
        figure: `${writes.toFixed(1)} a second`,
        goal: "≤ 1 a second",
        isMet: writes <= 1,
      },
    ];
  } finally {
    await guardian.stop();
  }
}

type Guardian = Awaited<ReturnType<typeof guardianProcess>>;

/** The functions' settings are in this process's environment, where the bench's cloud has put them. */
async function guardianProcess() {
  const hook = new URL("../../local/lua-hook.mjs", import.meta.url).href;
  const file = fileURLToPath(new URL("./guardian-process.ts", import.meta.url));
  const child = spawnTied(process.execPath, ["--import", hook, file], {
    deathSignal: "SIGTERM",
    env: process.env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  await once(child, "message");
  return {
    run: async (runSeconds: number): Promise<GuardianCost> => {
      child.send({ runSeconds });
      return ((await once(child, "message")) as [GuardianCost])[0];
    },
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}

async function costOf(guardian: Guardian, settlingSeconds: number): Promise<GuardianCost> {
  await guardian.run(settlingSeconds);
  const costs: GuardianCost[] = [];
  for (let round = 0; round < ROUNDS; round++) costs.push(await guardian.run(RUN_SECONDS));
  return {
    cpuMs: median(costs.map(({ cpuMs }) => cpuMs)),
    ledgerWrites: median(costs.map(({ ledgerWrites }) => ledgerWrites)),
  };
}

async function newSales({ apiUrl }: BenchCloud, count: number): Promise<SaleId[]> {
  const names = Array.from({ length: count }, (_, i) => `Quiet ${i}`);
  const ids: SaleId[] = [];
  for (const some of chunk(names, AT_ONCE))
    ids.push(
      ...(await Promise.all(
        some.map((name) => patiently(() => createSale(apiUrl, { name, allocated: 10 }))),
      )),
    );
  return ids;
}

/** A busy machine refuses some of a thousand creations; one sale more than asked for does no harm. */
async function patiently<T>(make: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await make();
    } catch (error) {
      if (tries === TRIES) throw error;
      await sleep(BETWEEN_TRIES_MS);
    }
}

/** The other benches are to meet none of them: neither a guardian's look nor a list. */
async function putAway(saleIds: readonly SaleId[]): Promise<void> {
  const config = loadConfig(["DATABASE_URL", "LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);
  const [db, { saleRecords }] = await Promise.all([databaseClient(config), ledgerClients(config)]);
  await db.updateTable("sales").set({ closed_at: new Date() }).where("id", "in", saleIds).execute();
  for (const some of chunk(saleIds, AT_ONCE))
    await Promise.all(
      some.map(async (saleId) => {
        const sale = await findSale(db, saleId);
        if (sale) await saleRecords.putPast({ ...sale, revision: sale.revision + 1 });
      }),
    );
}
