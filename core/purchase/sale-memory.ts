import type { ReserveReply } from "../gate/gate-replies.ts";
import { type HolderFilter, mayHold } from "../gate/holder-filter.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { PurchaseOutcome } from "./purchase-outcome.ts";

/** Longest that a gate's reply is repeated from memory; configure.lua's restock delay is longer. */
const MEMORY_MS = 1_000;
/** What a request brings along. */
export type Brought = {
  readonly hasTicket?: boolean;
  /** From when the buyer's tier may buy; null: there is an invitation without a tier; absent: there is none. */
  readonly fromMs?: number | null;
};

/** Before opening, the gate is asked again this much earlier, so that nobody is told "not yet" too long. */
const OPENING_MARGIN_MS = 300;
const MOST_SALES = 1_000;

const NO_TICKET: PurchaseOutcome = { kind: "not_your_turn", reason: "no_ticket" };

type Remembered =
  | { readonly kind: "not_open"; readonly startsAtMs: number; readonly nowMs: number }
  | { readonly kind: "sold_out"; readonly held: number; readonly filter: HolderFilter };

/** Sales that ask for something which somebody may not have brought. */
type Asking = Map<SaleId, { readonly filter: HolderFilter; readonly ageMs: () => number }>;

export type SaleMemory = ReturnType<typeof createSaleMemory>;

/**
 * What this instance is certain of for a second: that a sale is not open yet, or that it is sold out, or asks for a ticket or an
 * invitation, to whoever holds nothing. Who bought within that second may be told "not your turn" for so long: each answer that asks to try again
 * asks to wait longer. Time passes here by difference only, on top of the gate's own clock; this machine's date does not matter.
 */
export function createSaleMemory() {
  const remembered = new Map<SaleId, { readonly fact: Remembered; readonly ageMs: () => number }>();

  /** Sales that ask for a ticket, with those who may hold something: who does is heard by the gate, which looks at the key first. */
  const withLine: Asking = new Map();
  /** Sales that ask for an invitation, likewise. */
  const withList: Asking = new Map();
  function holdersIn(asking: Asking, saleId: SaleId): HolderFilter | null {
    const known = asking.get(saleId);
    if (!known) return null;
    const ageMs = known.ageMs();
    return ageMs >= 0 && ageMs < MEMORY_MS ? known.filter : null;
  }
  function holdsNothing(saleId: SaleId, buyerId: BuyerId, asking = withLine): boolean {
    const filter = holdersIn(asking, saleId);
    return filter !== null && !mayHold(filter, buyerId);
  }

  function fresh(saleId: SaleId) {
    const memory = remembered.get(saleId);
    if (!memory) return null;
    const ageMs = memory.ageMs();
    if (ageMs >= 0 && ageMs < MEMORY_MS) return { fact: memory.fact, ageMs };
    remembered.delete(saleId);
    return null;
  }

  return {
    /** The certain answer; null: ask the gate. */
    recall(
      saleId: SaleId,
      buyerId: BuyerId,
      { hasTicket = false, fromMs }: Brought = {},
    ): PurchaseOutcome | null {
      if (fromMs === undefined && withList.size > 0 && holdsNothing(saleId, buyerId, withList))
        return { kind: "not_eligible", reason: "no_invitation" };
      if (!hasTicket && withLine.size > 0 && holdsNothing(saleId, buyerId)) return NO_TICKET;
      const memory = fresh(saleId);
      if (!memory) return null;
      const { fact, ageMs } = memory;
      switch (fact.kind) {
        case "not_open": {
          const nowMs = fact.nowMs + Math.floor(ageMs);
          const startsAtMs = Math.min(fact.startsAtMs, fromMs ?? Infinity);
          return nowMs < startsAtMs - OPENING_MARGIN_MS ? { ...fact, startsAtMs, nowMs } : null;
        }
        case "sold_out":
          return mayHold(fact.filter, buyerId) ? null : { kind: "sold_out", available: 0, held: fact.held };
        default:
          return fact satisfies never;
      }
    },

    /** Whether every unit was taken within the last second. */
    isSoldOut: (saleId: SaleId): boolean => fresh(saleId)?.fact.kind === "sold_out",

    /** Of a sale with a line: whether a buyer surely holds nothing in it. False: they may, or it is not known. */
    holdsNothing: (saleId: SaleId, buyerId: BuyerId): boolean => holdsNothing(saleId, buyerId),

    /**
     * Whether the gate's next "sold out", or what it says to whoever has no ticket or no invitation, should bring the filter of
     * holders along.
     */
    wantsFilter: (saleId: SaleId, { hasTicket = false, fromMs }: Brought = {}): boolean =>
      fresh(saleId) === null &&
      (hasTicket || holdersIn(withLine, saleId) === null) &&
      (fromMs !== undefined || holdersIn(withList, saleId) === null),

    /**
     * Keeps what a reply makes certain. `ageMs` is a stopwatch started before the gate was asked. The opening that was told to
     * a buyer on a tier is that buyer's own.
     */
    learn(saleId: SaleId, reply: ReserveReply, ageMs: () => number, fromMs?: number | null): void {
      if ((reply.kind === "not_your_turn" || reply.kind === "not_eligible") && reply.filter) {
        const asking = reply.kind === "not_your_turn" ? withLine : withList;
        if (asking.size >= MOST_SALES) asking.clear();
        asking.set(saleId, { filter: reply.filter, ageMs });
      }
      const isOwnOpening = reply.kind === "not_open" && typeof fromMs === "number";
      const fact = isOwnOpening ? null : factOf(reply);
      if (!fact) return;
      if (remembered.size >= MOST_SALES) remembered.clear();
      remembered.set(saleId, { fact, ageMs });
    },
  };
}

function factOf(reply: ReserveReply): Remembered | null {
  if (reply.kind === "not_open")
    return { kind: "not_open", startsAtMs: reply.startsAtMs, nowMs: reply.nowMs };
  if (reply.kind === "sold_out" && reply.available === 0 && reply.filter)
    return { kind: "sold_out", held: reply.held, filter: reply.filter };
  return null;
}
