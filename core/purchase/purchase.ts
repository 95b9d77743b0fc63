import type { GuestReason } from "../contract/guests.ts";
import type { Clock } from "../clock.ts";
import { startStopwatch } from "../clock.ts";
import type { OrderView } from "../contract/order.ts";
import { faultPoint } from "../fault-point.ts";
import type { PurchaseGate } from "../gate/purchase-gate.redis.ts";
import type { AskedTurn, ReserveReply } from "../gate/gate-replies.ts";
import { checkInvitation, type Invited } from "../guests/invitation.ts";
import type { SessionSigner } from "../identity/session.ts";
import { type BuyerId, newOrderId, type OrderId, type SaleId } from "../ids.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import { type LedgerEntry, orderView } from "../reservation/ledger.ts";
import type { Turn, Turns } from "../line/turns.ts";
import type { Warn } from "../log.ts";
import { findOrder } from "../look-up/shown-order.ts";
import { afterTheEnd } from "./after-the-end.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";
import { isOver } from "../sale/sale.ts";
import type { SaleStandings } from "../sale/sale-standing.dynamo.ts";
import { PURCHASE_TIME_LIMIT_SECONDS } from "../limits.ts";
import { hashKey } from "./key-hash.ts";
import type { LedgerLooks } from "./ledger-looks.ts";
import { type PurchaseOutcome, tellOrder } from "./purchase-outcome.ts";
import { firstState, type Reservation } from "../reservation/reservation.ts";
import type { Brought, SaleMemory } from "./sale-memory.ts";

export type PurchaseRequest = {
  readonly saleId: SaleId;
  readonly quantity: number;
  readonly buyerId: BuyerId;
  readonly idempotencyKey: string;
  /** Of an entry in the sale's line. */
  readonly ticket: string | null;
  /** That the buyer is a guest of the sale. */
  readonly invitation: string | null;
  readonly requestId: string;
  readonly traceId: string | null;
};

export type PurchaseDependencies = {
  readonly gate: Pick<PurchaseGate, "reserve" | "clear">;
  readonly memory: SaleMemory;
  readonly looks: LedgerLooks;
  /** Clients that most attempts never need are loaded when first asked for. */
  readonly ledger: () => Promise<Ledger>;
  readonly saleRecords: () => Promise<SaleStandings>;
  readonly queue: () => Promise<OrderQueue>;
  /** Checks tickets; only sales with a line have any. */
  readonly turns: () => Promise<Turns>;
  /** Checks invitations; no store is asked. */
  readonly signer: SessionSigner;
  readonly clock: Clock;
  /** Logs an error that the shopper's answer does not show. */
  readonly warn: Warn;
};

/**
 * The purchase: the gate decides, the ledger commits, the queue carries on.
 *
 * A crash after the gate or after the ledger leaves the outbox entry. The relay finishes then, or the shopper's retry with
 * the same key. Every step may be repeated. Not guaranteed: a reservation is lost with its Redis if it never reached the
 * ledger; no shopper was told that it was theirs.
 */
export async function purchase(
  deps: PurchaseDependencies,
  request: PurchaseRequest,
): Promise<PurchaseOutcome> {
  const { saleId, buyerId } = request;
  const invited =
    request.invitation === null ? null : checkInvitation(deps.signer, request.invitation, request);
  const hasWrongOne = request.invitation !== null && !invited;
  const brought = { hasTicket: request.ticket !== null, ...(invited && { fromMs: invited.fromMs }) };
  const certain = deps.memory.recall(saleId, buyerId, brought);
  if (certain) return certain.kind === "not_eligible" ? notEligible(certain.reason, hasWrongOne) : certain;
  const turn = await readTurn(deps, request);
  if (turn === "unknown") return { kind: "outcome_unknown", orderId: null };
  const refusal = turn?.kind === "not_your_turn" ? turn : null;
  // "Left" asks nobody to try again, and the filter of holders may be a second old: the gate is asked whether the key has an order.
  if (refusal && refusal.reason !== "left" && deps.memory.holdsNothing(saleId, buyerId)) return refusal;
  const asked = turn?.kind === "reached" ? turn.turn : null;

  const elapsedMs = startStopwatch(deps.clock);
  const reply = await askGate(deps, request, brought, { turn: asked, invited });
  if (reply === null) return { kind: "outcome_unknown", orderId: null };
  deps.memory.learn(saleId, reply, elapsedMs, invited?.fromMs);

  switch (reply.kind) {
    case "reserved":
      return finish(deps, request, reply, elapsedMs);
    case "replayed":
    case "already_bought":
      return reply.reservation
        ? finish(deps, request, { ...reply, reservation: reply.reservation }, elapsedMs)
        : lookUp(deps, request, reply.orderId, toldKinds[reply.kind]);
    case "sold_out":
      return { kind: "sold_out", available: reply.available, held: reply.held };
    case "not_eligible":
      return notEligible(reply.reason, hasWrongOne);
    case "not_your_turn":
      // Whoever may hold something was asked about at the gate, which looks at the key first.
      return refusal ?? { kind: "not_your_turn", reason: reply.reason, ...(asked && { rank: asked.rank }) };
    case "lost":
      return explainLost(deps, request);
    default:
      return reply;
  }
}

/** To the gate an invitation of somebody else is none: it looks at the key first. */
const notEligible = (reason: GuestReason, hasWrongOne: boolean): PurchaseOutcome => ({
  kind: "not_eligible",
  reason: hasWrongOne ? "wrong_invitation" : reason,
});

/** Null: no ticket came. Unknown: nobody says how far the line is, and an earlier try may have succeeded. */
async function readTurn(
  deps: PurchaseDependencies,
  request: PurchaseRequest,
): Promise<Turn | null | "unknown"> {
  const { saleId, buyerId, ticket } = request;
  if (ticket === null) return null;
  try {
    const turns = await deps.turns();
    const asked = [saleId, buyerId, ticket, deps.memory.isSoldOut(saleId) ? 0 : null] as const;
    return turns.refusalAtOnce(...asked) ?? (await turns.turnOf(...asked));
  } catch (error) {
    deps.warn("the line could not be read", { ...namesOf(request), error });
    return "unknown";
  }
}

/** Null: the gate did not answer in time. It may have reserved; the same key finds out. */
async function askGate(
  deps: PurchaseDependencies,
  request: PurchaseRequest,
  brought: Brought,
  { turn, invited }: { readonly turn: AskedTurn | null; readonly invited: Invited | null },
): Promise<ReserveReply | null> {
  try {
    return await deps.gate.reserve({
      saleId: request.saleId,
      buyerId: request.buyerId,
      quantity: request.quantity,
      keyHash: hashKey(request.idempotencyKey),
      orderId: newOrderId(request.saleId, deps.clock.nowMs()),
      requestId: request.requestId,
      traceId: request.traceId,
      wantsFilter: deps.memory.wantsFilter(request.saleId, brought),
      turn,
      invited,
    });
  } catch (error) {
    deps.warn("the gate did not answer", { ...namesOf(request), error });
    return null;
  }
}

/** What each line of the log says, so that it is found by the request's id, its trace, and the order's ids. */
const namesOf = ({ saleId, requestId, traceId }: PurchaseRequest, reservation?: Reservation) => ({
  saleId,
  requestId,
  ...(traceId !== null && { traceId }),
  ...(reservation && { orderId: reservation.orderId, reservedBy: reservation.requestId }),
});

type Undone = { readonly kind: keyof typeof toldKinds; readonly reservation: Reservation };
type ToldKind = (typeof toldKinds)[keyof typeof toldKinds];
const toldKinds = {
  reserved: "accepted",
  replayed: "accepted",
  already_bought: "already_bought",
} as const;

/**
 * So soon after a reservation, a second request is a double click, and the first is at work on it. One that asks again
 * because of its answer comes later: each `Retry-After` is a second or more.
 */
const TWIN_MS = 500;

/**
 * Steps 2 and 3 for a reservation whose outbox entry is there: by the first request, or by whoever finds it undone. A
 * twin leaves the sending to the first: otherwise a crowd that clicks twice would send everything twice.
 */
async function finish(
  deps: PurchaseDependencies,
  request: PurchaseRequest,
  { kind, reservation }: Undone,
  elapsedMs: () => number,
): Promise<PurchaseOutcome> {
  const { orderId } = reservation;
  const ageMs = Math.abs(deps.clock.nowMs() - reservation.reservedAtMs);
  const isFirst = kind === "reserved";
  const isTwin = !isFirst && ageMs <= TWIN_MS;
  let put: "written" | "present";
  let entry: LedgerEntry = { reservation, state: firstState(reservation) };
  try {
    await faultPoint("purchase_after_reserve");
    const ledger = await deps.ledger();
    put = await ledger.put(reservation);
    await faultPoint("purchase_after_ledger");
    // Whoever put it may have come further: a hold may have ended since, and the gate not heard of it.
    if (put === "present" && !isFirst && !isTwin)
      entry = (await ledger.get(orderId, reservation.buyerId)) ?? entry;
  } catch (error) {
    deps.warn("the ledger did not answer", { ...namesOf(request, reservation), error });
    return { kind: "outcome_unknown", orderId };
  }
  // A purchase that was frozen for longer than a recovery drains may have been left out by the rebuild: its message
  // goes on, and the consumer lets the gate decide anew; until then nothing is promised.
  const isInTime = elapsedMs() < PURCHASE_TIME_LIMIT_SECONDS * 1000;
  if (put === "written" || !isTwin) await publish(deps, request, reservation);
  if (!isInTime) return { kind: "outcome_unknown", orderId };
  // The gate counts it, and any recovery that begins from now on finds it in the ledger.
  return tellOrder(toldKinds[kind], orderView(entry, true));
}

/**
 * Sends the order on its way and clears its outbox entry; if either fails, the entry stays and the relay repeats it. A hold
 * goes nowhere before it is paid for: the gate's list of holds remembers it.
 */
async function publish(
  deps: PurchaseDependencies,
  request: PurchaseRequest,
  reservation: Reservation,
): Promise<void> {
  try {
    if (reservation.heldUntilMs === undefined) await (await deps.queue()).send(reservation);
    await faultPoint("purchase_after_send");
    await deps.gate.clear(reservation.saleId, reservation.orderId);
  } catch (error) {
    deps.warn("left to the relay", { ...namesOf(request, reservation), error });
  }
}

/**
 * The order of a reservation that somebody finished: its present state, from the ledger. A pending one is unknown: the
 * gate may have adopted it, but no mark says so yet.
 */
async function lookUp(
  deps: PurchaseDependencies,
  request: PurchaseRequest,
  orderId: OrderId,
  kind: ToldKind,
): Promise<PurchaseOutcome> {
  let order: OrderView | null = null;
  try {
    const [ledger, saleRecords] = await Promise.all([deps.ledger(), deps.saleRecords()]);
    order = await findOrder({ ledger, saleRecords }, orderId, request.buyerId);
  } catch (error) {
    deps.warn("the ledger did not answer", { ...namesOf(request), orderId, error });
  }
  return order ? tellOrder(kind, order) : { kind: "outcome_unknown", orderId };
}

/** A missing gate is lost, unless there never was such a sale, or it is over: then the ledger knows what there is to say. */
async function explainLost(deps: PurchaseDependencies, request: PurchaseRequest): Promise<PurchaseOutcome> {
  const { saleId, buyerId } = request;
  const { looks } = deps;
  if (looks.isGoingOn(saleId)) return { kind: "lost" };
  try {
    const [ledger, saleRecords] = await Promise.all([deps.ledger(), deps.saleRecords()]);
    const ageMs = startStopwatch(deps.clock);
    const sale = await saleRecords.get(saleId);
    if (!sale) return { kind: "unknown_sale" };
    if (!isOver(sale)) {
      looks.noteGoingOn(saleId, ageMs);
      return { kind: "lost" };
    }
    const retryAfterMs = looks.waitMs(saleId, buyerId, sale.attemptLimit);
    if (retryAfterMs > 0) return { kind: "rate_limited", retryAfterMs };
    return await afterTheEnd({ ledger, saleRecords }, request);
  } catch (error) {
    deps.warn("the ledger did not answer", { ...namesOf(request), error });
    return { kind: "lost" };
  }
}
