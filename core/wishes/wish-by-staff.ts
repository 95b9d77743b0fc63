import { isDeepStrictEqual } from "node:util";
import type { Kysely } from "kysely";
import type { CancelOrderRequest, RefundOrderRequest } from "../contract/cancellation.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import type { Actor } from "../identity/actor.ts";
import type { Database } from "../postgres/database.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Wish } from "../reservation/wish.ts";
import { makeWish, type WishDependencies, wishIdOf } from "./make-wish.ts";
import { recordWish, type WishedFor } from "./wish-audit.postgres.ts";

export type StaffDependencies = WishDependencies & { readonly db: Kysely<Database> };

type Request = {
  readonly saleId: SaleId;
  readonly orderId: OrderId;
  readonly buyerId?: BuyerId | undefined;
  readonly actor: Actor;
  readonly idempotencyKey: string;
  readonly nowMs: number;
};
export type CancelRequest = CancelOrderRequest & Request;
export type RefundRequest = RefundOrderRequest & Request;

export type WishOutcome =
  | { readonly kind: "wished"; readonly wishId: string }
  /** The order has had fewer units from the beginning. */
  | { readonly kind: "beyond_quantity"; readonly quantity: number }
  /** It is not paid for yet: it can be cancelled whole, and its units go on sale again. */
  | { readonly kind: "held_as_a_whole"; readonly quantity: number }
  | { readonly kind: "not_found" | "key_reused" };

/**
 * Wishes to take units of an order back, and with them the money that was paid for them, or to end a hold: into the audit log, into the ledger,
 * onto the order queue. What comes of it the consumer decides, also while the order's own message is still on the queue.
 *
 * Repeating it, at any point, is the same wish and finishes what is undone. @throws when a store does not answer: the wish
 * may be under way then; once it is on the list of open wishes it needs nobody who asks again.
 */
export async function cancelOrder(deps: StaffDependencies, request: CancelRequest): Promise<WishOutcome> {
  const { units, isWithheld, reason } = request;
  const entry = await findEntry(deps, request);
  if (!entry) return { kind: "not_found" };
  const { reservation, state } = entry;
  const { quantity } = reservation;
  if (units > quantity) return { kind: "beyond_quantity", quantity };
  if (state.kind === "held" && (units < quantity || isWithheld)) return { kind: "held_as_a_whole", quantity };
  const asked = { units, isWithheld, reason };
  return wishOnce(deps, request, "cancel_wished", asked, (common) => ({
    wish: "return",
    ...common(reservation),
    units,
    isWithheld,
  }));
}

/** Wishes to give money of an order back while its units stay, or says what is to become of a refund that failed; likewise. */
export async function refundOrder(deps: StaffDependencies, request: RefundRequest): Promise<WishOutcome> {
  const entry = await findEntry(deps, request);
  if (!entry) return { kind: "not_found" };
  const { reservation } = entry;
  const { reason } = request;
  if (request.kind === "amount") {
    const { amountMinor } = request;
    return wishOnce(deps, request, "refund_wished", { amountMinor, reason }, (common) => ({
      wish: "refund",
      ...common(reservation),
      amountMinor,
    }));
  }
  const { refundId, kind: how } = request;
  return wishOnce(deps, request, "refund_wished", { refundId, how, reason }, (common) => ({
    wish: "resolve_refund",
    ...common(reservation),
    refundId,
    how,
  }));
}

type Common = (reservation: Reservation) => Omit<Wish, "wish">;

async function wishOnce(
  deps: StaffDependencies,
  request: Request & { readonly reason: string },
  action: "cancel_wished" | "refund_wished",
  asked: Omit<WishedFor, "wishId" | "orderId">,
  wishOf: (common: Common) => Wish,
): Promise<WishOutcome> {
  const { saleId, orderId, actor, reason, nowMs } = request;
  const wishId = wishIdOf(actor.buyerId, request.idempotencyKey);
  const terms = { wishId, orderId, ...asked };
  if (!isDeepStrictEqual(await recordWish(deps.db, saleId, actor, action, terms), terms))
    return { kind: "key_reused" };
  const first = await makeWish(
    deps,
    wishOf(({ buyerId }) => ({
      wishId,
      saleId,
      orderId,
      buyerId,
      reason,
      actorId: actor.buyerId,
      wishedAtMs: nowMs,
      requestId: actor.requestId,
    })),
  );
  return first ? { kind: "wished", wishId } : { kind: "key_reused" };
}

/** From the ledger, whose key holds the buyer: the merchant's row names them, or whoever asks. */
async function findEntry({ db, ledger }: StaffDependencies, request: Request) {
  const { saleId, orderId } = request;
  const buyerId = request.buyerId ?? (await buyerOf(db, orderId));
  const entry = buyerId && (await ledger.get(orderId, buyerId));
  return entry && entry.reservation.saleId === saleId ? entry : null;
}

async function buyerOf(db: Kysely<Database>, orderId: OrderId): Promise<BuyerId | null> {
  const row = await db.selectFrom("orders").select("buyer_id").where("id", "=", orderId).executeTakeFirst();
  return row?.buyer_id ?? null;
}
