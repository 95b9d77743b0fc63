import type { SaleId } from "../../core/ids.ts";
import { createLedger } from "../../core/reservation/ledger.dynamo.ts";
import type { ReservationState } from "../../core/reservation/lifecycle.ts";
import { localTables } from "../../local/aws-clients.ts";
import type { LedgerOrder, MoneyBack } from "./facts.ts";

/** Reads every entry of a sale, strongly consistent. */
export async function readLedger(endpoint: string, table: string, saleId: SaleId): Promise<LedgerOrder[]> {
  const client = localTables(endpoint);
  try {
    const entries = await createLedger(client, table).ofSale(saleId);
    return entries.map(({ reservation, state }) => {
      const { kind, unitsLeft, unitsWithheld } = state;
      const { orderId, buyerId, n, quantity, place, keyHash, reservedAtMs } = reservation;
      const order = { orderId, buyerId, n, quantity, place, keyHash, reservedAtMs };
      return { ...order, unitsLeft, unitsWithheld, state: kind, moneyBack: moneyBackOf(state) };
    });
  } finally {
    client.close();
  }
}

function moneyBackOf({ refunds = [], outside = [] }: ReservationState): MoneyBack {
  return {
    dueMinor: sum(refunds.filter(({ state }) => state === "due").map(({ amountMinor }) => amountMinor)),
    givenMinor: sum(refunds.map(({ givenMinor }) => givenMinor)),
    outsideMinor: sum(outside.map(({ amountMinor }) => amountMinor)),
    coveredMinor: sum(refunds.map(({ coveredMinor }) => coveredMinor)),
  };
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
