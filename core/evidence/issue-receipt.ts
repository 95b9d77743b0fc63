import type { ReceiptStatement, SignedStatement } from "../contract/evidence.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import { type LookUpStores, shownOrder } from "../look-up/shown-order.ts";
import { soldAs } from "../look-up/sold-as.ts";
import type { EvidenceKeyStore } from "./evidence-keys.dynamo.ts";
import { type SigningKey, signStatement } from "./signing-key.ts";

export type Issuer = {
  readonly key: SigningKey;
  readonly keys: Pick<EvidenceKeyStore, "publish">;
  /** The site's address, and the shop's name. */
  readonly issuer: string;
  readonly shop: string;
  readonly nowMs: () => number;
};

export type ReceiptOutcome =
  | { readonly kind: "issued"; readonly receipt: SignedStatement }
  | { readonly kind: "no_order" }
  /** Whether it stands is being checked: nothing is signed that may turn out otherwise. */
  | { readonly kind: "checking" };

/** A signed receipt of a buyer's own order, of what the ledger has of it now. @throws when the ledger is silent. */
export async function issueReceipt(
  stores: LookUpStores,
  issuer: Issuer,
  orderId: OrderId,
  buyerId: BuyerId,
): Promise<ReceiptOutcome> {
  const entry = await stores.ledger.get(orderId, buyerId);
  if (!entry) return { kind: "no_order" };
  const [order, sale] = await Promise.all([
    shownOrder(stores, entry),
    stores.saleRecords.get(entry.reservation.saleId),
  ]);
  if (order.state === "pending" || !sale) return { kind: "checking" };
  const { name, priceMinor, currency } = soldAs(sale, order);
  // Before the signature: no statement is anywhere whose key nobody can look up.
  const firstUsedAtMs = await issuer.keys.publish(issuer.key, issuer.nowMs());
  // Clocks differ: it is older neither than its order nor than its key, whoever used that first.
  const issuedAtMs = Math.max(issuer.nowMs(), firstUsedAtMs, entry.reservation.reservedAtMs);
  const statement: ReceiptStatement = {
    statement: "flash-sale/receipt/1",
    issuer: issuer.issuer,
    shop: issuer.shop,
    issuedAt: new Date(issuedAtMs).toISOString(),
    saleId: order.saleId,
    sale: name,
    orderId,
    buyerId,
    quantity: order.quantity,
    unitsLeft: order.unitsLeft,
    state: order.state,
    place: order.place,
    reservedAt: order.reservedAt,
    priceMinor,
    currency,
    leaf: entry.reservation.leaf ?? null,
  };
  return { kind: "issued", receipt: signStatement(issuer.key, statement) };
}
