import type { LineMode } from "../contract/sale-mode.ts";
import type { SalePayment } from "../contract/sale-payment.ts";
import type { SaleState } from "../contract/sale.ts";
import type { Attempts } from "../contract/sale.ts";
import type { Stock } from "../sale/stock.ts";

/** A gate at one instant, by its own clock. */
export type GateView = {
  readonly kind: "found";
  readonly epoch: number;
  readonly revision: number;
  readonly isRecovering: boolean;
  readonly state: SaleState;
  readonly stock: Stock;
  /** When the hold that ends first is due; null: there is none. */
  readonly firstDueMs: number | null;
  /** Last place given. */
  readonly places: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
  readonly purchaseLimit: number;
  readonly attemptLimit: number;
  /** A gate from before there were modes is open. */
  readonly mode: { readonly kind: "open" | LineMode };
  /** A gate from before there were holds asks for nothing. */
  readonly payment: SalePayment;
  /** A gate from before there were lists takes everybody. Which list it is, and for whom, the gate does not know. */
  readonly guests: {
    readonly kind: "everybody" | "listed";
    readonly tiers: readonly { readonly startsAt: string }[];
  };
  readonly guestList: { readonly edition: number };
  readonly line: GateLine;
  readonly nowMs: number;
  /** Reservations that nobody has finished yet. */
  readonly outboxLength: number;
  /** Whether buyers and holds are as many as were ever added to them, and the filter of holders is there. */
  readonly hasAllBuyers: boolean;
  /** Why an operator asked for a recovery; empty: nobody did. */
  readonly requested: string;
  readonly attempts: Attempts;
  /** Purchases that came again under their key, and were answered with the order that it has. */
  readonly replays: number;
};

/** What a gate has of its sale's line. */
export type GateLine = {
  /** The epoch for which it was told what entries have bought; 0: never. */
  readonly epoch: number;
  readonly steps: number;
  readonly lapsedSteps: number;
  /** Whose turn runs, or is about to, and who have not bought. */
  readonly inside: number;
};

const paymentOf = (holdSeconds: number): SalePayment =>
  holdSeconds === 0 ? { kind: "none" } : { kind: "held", holdSeconds };

const guestsOf = (isNeeded: boolean, firstMs: number): GateView["guests"] => ({
  kind: isNeeded ? "listed" : "everybody",
  tiers: firstMs === 0 ? [] : [{ startsAt: new Date(firstMs).toISOString() }],
});

/** Reads `inspect`'s names and values. @throws Error when one that every gate has is missing. */
export function parseView(reply: Buffer[]): GateView {
  const fields = new Map<string, string>();
  for (let i = 1; i + 1 < reply.length; i += 2) fields.set(String(reply[i]), String(reply[i + 1]));
  const text = (name: string) => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`the gate has no field ${name}`);
    return value;
  };
  const number = (name: string) => Number(text(name));
  const count = (name: string) => Number(fields.get(name) ?? 0);
  const endsAtMs = count("ends_at_ms");
  return {
    kind: "found",
    // A gate that was begun anew for a recovery has neither settings nor counters yet.
    epoch: count("epoch"),
    revision: count("revision"),
    isRecovering: number("recovering") === 1,
    state: (fields.get("state") ?? "running") as SaleState,
    stock: {
      allocated: count("allocated"),
      available: count("available"),
      held: count("held"),
      sold: count("sold"),
      withheld: count("withheld"),
    },
    firstDueMs: fields.has("first_due_ms") ? number("first_due_ms") : null,
    places: count("places"),
    startsAtMs: count("starts_at_ms"),
    endsAtMs: endsAtMs === 0 ? null : endsAtMs,
    purchaseLimit: count("purchase_limit"),
    attemptLimit: count("attempt_limit"),
    mode: { kind: (fields.get("mode") ?? "open") as GateView["mode"]["kind"] },
    payment: paymentOf(count("hold_seconds")),
    guests: guestsOf(count("invitation_needed") === 1, count("first_tier_ms")),
    guestList: { edition: count("invitation_edition") },
    line: {
      epoch: count("line_epoch"),
      steps: count("line_steps"),
      lapsedSteps: count("line_lapsed"),
      inside: count("line_inside"),
    },
    nowMs: number("now_ms"),
    outboxLength: number("outbox_length"),
    hasAllBuyers:
      count("buyer_count") === number("buyers") &&
      count("hold_count") === number("holds") &&
      (number("buyers") === 0 || number("has_filter") === 1),
    requested: fields.get("requested") ?? "",
    attempts: {
      reserved: count("attempts_reserved"),
      soldOut: count("attempts_sold_out"),
      alreadyBought: count("attempts_already_bought"),
      overLimit: count("attempts_over_limit"),
      rateLimited: count("attempts_rate_limited"),
    },
    replays: count("replays"),
  };
}
