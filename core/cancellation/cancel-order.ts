import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Kysely } from "kysely";
import type { CancelOrderRequest } from "../contract/cancellation.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";
import type { Database } from "../postgres/database.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { Wish } from "../reservation/wish.ts";
import type { Actor } from "../identity/actor.ts";
import { recordWish } from "./wish-audit.postgres.ts";

export type CancelDependencies = {
  readonly db: Kysely<Database>;
  readonly ledger: Ledger;
  readonly queue: OrderQueue;
};

export type CancelRequest = CancelOrderRequest & {
  readonly saleId: SaleId;
  readonly orderId: OrderId;
  readonly actor: Actor;
  readonly idempotencyKey: string;
  readonly nowMs: number;
};

export type CancelOutcome =
  | { readonly kind: "wished"; readonly wishId: string }
  /** The order has had fewer units from the beginning. */
  | { readonly kind: "beyond_quantity"; readonly quantity: number }
  /** It is not paid for yet: it can be cancelled whole, and its units go on sale again. */
  | { readonly kind: "held_as_a_whole"; readonly quantity: number }
  | { readonly kind: "not_found" | "key_reused" };

/**
 * Wishes to take units of an order back, or to end a hold: into the audit log, into the ledger, onto the order queue. What
 * comes of it the consumer decides, also while the order's own message is still on the queue.
 *
 * Repeating it, at any point, is the same wish and finishes what is undone. @throws when a store does not answer: the wish
 * may be under way then, and nobody finishes it but who asks again with the same key.
 */
export async function cancelOrder(deps: CancelDependencies, request: CancelRequest): Promise<CancelOutcome> {
  const { saleId, orderId, actor, units, isWithheld, reason } = request;
  const entry = await findEntry(deps, request);
  if (!entry) return { kind: "not_found" };
  const { buyerId, quantity } = entry.reservation;
  if (units > quantity) return { kind: "beyond_quantity", quantity };
  if (entry.state.kind === "held" && (units < quantity || isWithheld))
    return { kind: "held_as_a_whole", quantity };

  const wishId = wishIdOf(actor.buyerId, request.idempotencyKey);
  const terms = { wishId, orderId, units, isWithheld, reason };
  if (!isDeepStrictEqual(await recordWish(deps.db, saleId, actor, terms), terms))
    return { kind: "key_reused" };
  const wish: Wish = {
    ...terms,
    wish: "return",
    saleId,
    buyerId,
    actorId: actor.buyerId,
    wishedAtMs: request.nowMs,
    requestId: actor.requestId,
  };
  await deps.ledger.putWish(wish);
  await deps.queue.sendWish(wish);
  return { kind: "wished", wishId };
}

/** An actor's key is one wish, whichever order it names: the same key for another order is noticed. */
const wishIdOf = (actorId: BuyerId, idempotencyKey: string): string =>
  `wish_${createHash("sha256").update(`${actorId}:${idempotencyKey}`).digest("hex").slice(0, 32)}`;

/** From the ledger, whose key holds the buyer: the merchant's row names them, or whoever asks. */
async function findEntry({ db, ledger }: CancelDependencies, request: CancelRequest) {
  const { saleId, orderId } = request;
  const buyerId = request.buyerId ?? (await buyerOf(db, orderId));
  const entry = buyerId && (await ledger.get(orderId, buyerId));
  return entry && entry.reservation.saleId === saleId ? entry : null;
}

async function buyerOf(db: Kysely<Database>, orderId: OrderId): Promise<BuyerId | null> {
  const row = await db.selectFrom("orders").select("buyer_id").where("id", "=", orderId).executeTakeFirst();
  return row?.buyer_id ?? null;
}
