import type { SaleId } from "../../core/ids.ts";
import { createLedger } from "../../core/reservation/ledger.dynamo.ts";
import { localTables } from "../../local/aws-clients.ts";
import type { LedgerOrder } from "./facts.ts";

/** Reads every entry of a sale, strongly consistent. */
export async function readLedger(endpoint: string, table: string, saleId: SaleId): Promise<LedgerOrder[]> {
  const client = localTables(endpoint);
  try {
    const entries = await createLedger(client, table).ofSale(saleId);
    return entries.map(({ reservation, state: { kind, unitsLeft, unitsWithheld } }) => {
      const { orderId, buyerId, n, quantity, place, keyHash, reservedAtMs } = reservation;
      const order = { orderId, buyerId, n, quantity, place, keyHash, reservedAtMs };
      return { ...order, unitsLeft, unitsWithheld, state: kind };
    });
  } finally {
    client.close();
  }
}
