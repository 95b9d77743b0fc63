import { gateClient } from "../../core/clients/gate.ts";
import { loadConfig } from "../../core/config.ts";
import { type Dynamo, openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import { writeItems } from "../../core/dynamo/write-items.dynamo.ts";
import type { Gate } from "../../core/gate/gate.redis.ts";
import { newSaleId } from "../../core/ids.ts";
import { LATELY_MS } from "../../core/sale/current-sales.ts";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { FRESH_MS } from "../../core/watch/fresh.ts";
import { currentStatuses, PAST_SALES_A_PAGE, pastStatuses } from "../../core/watch/sale-lists.ts";
import { createKeptAnswers } from "../../functions/compose/kept-answers.ts";
import { createTables } from "../../local/resources-tables.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { interleave } from "./interleave.ts";
import { type Measurement, ratio } from "./measurement.ts";
import { apiEvent } from "./purchase-event.ts";

const FEW = 10;
/** A page of past sales and a few more: as many records are read for it as for any. */
const SOME = 60;
const MANY = 10_000;
const CURRENT = 5;
const BLOCKS = 20;
const READS_A_BLOCK = 20;

const quiet = (nowMs: number): Sale => ({
  saleId: newSaleId(nowMs),
  name: "Lamp",
  description: "Brass, one run of a thousand.",
  translations: {},
  priceMinor: 12_900,
  currency: "EUR",
  allocated: 1_000,
  purchaseLimit: 1,
  attemptLimit: 10,
  payment: { kind: "none" },
  withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" },
  guests: { kind: "everybody" },
  guestList: { id: "", edition: 0 },
  mode: { kind: "open" },
  startsAtMs: nowMs - 2 * LATELY_MS,
  endsAtMs: null,
  picture: null,
  faces: [],
  visibility: "listed",
  state: "running",
  revision: 1,
  epoch: 1,
  closedAtMs: null,
  archive: null,
});

type Read = () => Promise<readonly number[]>;

/**
 * What the list of sales takes when no memory answers: read from the tables and serialized with its tag, as the function does it. In
 * a table with 10,000 past sales against one with 10; and a page of past sales, from the middle of the 10,000, against one of
 * a table that has little more than a page.
 */
export async function benchList({ dynamoEndpoint }: BenchCloud): Promise<Measurement[]> {
  const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]);
  const client = openDynamo(dynamoEndpoint);
  try {
    const at = { client, gate: gateClient(config), dynamoEndpoint };
    const [few, some, many] = [await soldIn(at, FEW), await soldIn(at, SOME), await soldIn(at, MANY)];
    const [manyMs, fewMs, manyPageMs, somePageMs] = await interleave(BLOCKS, [
      many.list,
      few.list,
      many.page,
      some.page,
    ]);
    return [
      row("list of sales, 10,000 past ones / 10", manyMs, fewMs),
      row(`a page of past sales, of 10,000 / of ${SOME}`, manyPageMs, somePageMs),
    ];
  } finally {
    client.close();
  }
}

const row = (budget: string, value: number, reference: number): Measurement =>
  ratio(budget, value / reference, `${value.toFixed(2)} against ${reference.toFixed(2)} ms`, { most: 1.2 });

type At = { readonly client: Dynamo; readonly gate: Gate; readonly dynamoEndpoint: string };

/** A table with so many past sales, and how it is read. */
async function soldIn(
  { client, gate, dynamoEndpoint }: At,
  past: number,
): Promise<Record<"list" | "page", Read>> {
  const { ledgerTable } = await createTables(dynamoEndpoint, `bench-${past}-`);
  const saleRecords = createSaleRecords(client, ledgerTable);
  const nowMs = Date.now();
  const sold = { allocated: 1_000, available: 0, held: 0, sold: 1_000, withheld: 0 };
  const closed = {
    state: "ended",
    closedAtMs: nowMs - LATELY_MS,
    archive: { stock: sold, attempts: null },
  } as const;
  const items = Array.from({ length: past }, () => ({ ...quiet(nowMs), ...closed }));
  await writeItems(
    client,
    ledgerTable,
    items.map((sale) => ({ pk: "sales", sk: sale.saleId, ...sale })),
  );
  for (let i = 0; i < CURRENT; i++) await saleRecords.put(quiet(nowMs));
  const middle = items.map(({ saleId }) => saleId).toSorted()[past >> 1] ?? "newest";
  const deps = { saleRecords, gate };
  return {
    list: reading(async () => ({ sales: await currentStatuses(deps, nowMs) }), CURRENT),
    page: reading(() => pastStatuses(deps, past > SOME ? middle : "newest", nowMs), PAST_SALES_A_PAGE),
  };
}

/** Milliseconds of some readings, each a second after the one before by the clock of the memory in front. */
function reading(read: () => Promise<{ readonly sales: readonly unknown[] }>, listed: number): Read {
  let atMs = 0;
  const clock = { nowMs: () => atMs, monotonicMs: () => atMs };
  let seen = 0;
  const answer = createKeptAnswers(async (_all: "all") => {
    const body = await read();
    seen = body.sales.length;
    return body;
  }, clock);
  const event = apiEvent("GET /api/sales", { token: "", body: {} });
  return async () => {
    const took: number[] = [];
    for (let i = 0; i < READS_A_BLOCK; i++) {
      atMs += FRESH_MS;
      const startedMs = performance.now();
      await answer(event, "all");
      took.push(performance.now() - startedMs);
      if (seen !== listed) throw new Error(`listed ${seen} sales`);
      seen = 0;
    }
    return took;
  };
}
