import { sql } from "kysely";
import { databaseClient } from "./clients/database.ts";
import { ledgerClients } from "./clients/ledger.ts";
import { orderQueueClient } from "./clients/queues.ts";
import { gateClient } from "./clients/gate.ts";
import type { Config } from "./config.ts";
import type { SaleId } from "./ids.ts";

type Needs = Config<
  | "REDIS_URL"
  | "REDIS_CLUSTER"
  | "REDIS_CA"
  | "LEDGER_TABLE"
  | "DYNAMODB_ENDPOINT"
  | "ORDER_QUEUE_URL"
  | "SQS_ENDPOINT"
>;

/** A sale that cannot exist: asking for it goes all the way to the store and changes nothing. */
const NO_SALE = "sale_00000000000000000000000000" as SaleId;

type Answers = Readonly<Record<"gate" | "ledger" | "queue", boolean>> & { readonly orders?: boolean };

/** Whether each store answers now, within its client's own time limit; PostgreSQL only where it may be asked. */
export async function checkStores(config: Needs, database: Config<"DATABASE_URL"> | null): Promise<Answers> {
  const [gate, ledger, queue] = await Promise.all([
    answers(() => gateClient(config).inspect(NO_SALE)),
    answers(async () => (await ledgerClients(config)).saleRecords.get(NO_SALE)),
    answers(async () => (await orderQueueClient(config)).depth()),
  ]);
  if (!database) return { gate, ledger, queue };
  const orders = await answers(async () => sql`select 1`.execute(await databaseClient(database)));
  return { gate, ledger, queue, orders };
}

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch {
    return false;
  }
}
