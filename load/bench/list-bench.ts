import { gateClient } from "../../core/clients/gate.ts";
import { loadConfig } from "../../core/config.ts";
import { openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import { writeItems } from "../../core/dynamo/write-items.dynamo.ts";
import { newSaleId } from "../../core/ids.ts";
import { LATELY_MS } from "../../core/sale/current-sales.ts";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { currentStatuses } from "../../core/watch/sale-lists.ts";
import { createTables } from "../../local/resources-tables.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { interleave } from "./interleave.ts";
import { type Measurement, ratio } from "./measurement.ts";

const FEW = 10;
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

/** One reading of the list of sales, in a table with 10,000 past sales and in one with 10; no memory answers. */
export async function benchList({ dynamoEndpoint }: BenchCloud): Promise<Measurement[]> {
  const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]);
  const gate = gateClient(config);
  const client = openDynamo(dynamoEndpoint);
  try {
    const reading = async (past: number) => {
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
      return async () => {
        const took: number[] = [];
        for (let i = 0; i < READS_A_BLOCK; i++) {
          const startedMs = performance.now();
          const listed = await currentStatuses({ saleRecords, gate }, nowMs);
          took.push(performance.now() - startedMs);
          if (listed.length !== CURRENT) throw new Error(`listed ${listed.length} sales`);
        }
        return took;
      };
    };
    const [few, many] = [await reading(FEW), await reading(MANY)];
    const [manyMs, fewMs] = await interleave(BLOCKS, [many, few]);
    const parts = `${manyMs.toFixed(2)} against ${fewMs.toFixed(2)} ms`;
    return [ratio("list of sales, 10,000 past ones / 10", manyMs / fewMs, parts, { most: 1.2 })];
  } finally {
    client.close();
  }
}
