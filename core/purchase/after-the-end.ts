import type { BuyerId, SaleId } from "../ids.ts";
import { shownOrder, type StandingStores } from "../look-up/shown-order.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import { hashKey } from "./key-hash.ts";
import { type PurchaseOutcome, tellOrder } from "./purchase-outcome.ts";

type LateRequest = {
  readonly saleId: SaleId;
  readonly buyerId: BuyerId;
  readonly idempotencyKey: string;
  readonly quantity: number;
};

/**
 * What a shopper is told who asks a sale that is over and has no gate any more: the order of this key, as the first time;
 * else the order that they have; else that it has ended. The ledger bears the key of each reservation.
 *
 * @throws when the ledger does not answer: whether this key has an order is then not known.
 */
export async function afterTheEnd(stores: StandingStores, request: LateRequest): Promise<PurchaseOutcome> {
  const entries = await stores.ledger.ofBuyer(request.saleId, request.buyerId);
  const keyHash = hashKey(request.idempotencyKey);
  const same = entries.find(({ reservation }) => reservation.keyHash === keyHash);
  if (same && same.reservation.quantity !== request.quantity) return { kind: "key_reused" };
  if (same) return answerOf(stores, same, "accepted");
  const latest = entries.findLast(({ state }) => state.unitsLeft > 0);
  return latest ? answerOf(stores, latest, "already_bought") : { kind: "ended" };
}

const answerOf = async (
  stores: StandingStores,
  entry: LedgerEntry,
  kind: "accepted" | "already_bought",
): Promise<PurchaseOutcome> => tellOrder(kind, await shownOrder(stores, entry));
