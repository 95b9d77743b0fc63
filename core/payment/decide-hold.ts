import { faultPoint } from "../fault-point.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import { type Command, decide, type ReservationEvent } from "../reservation/lifecycle.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import type { Payment } from "./provider.ts";

/** What leaves a hold here: money, time, or the buyer. */
type HoldCommand = Extract<Command, { kind: "authorise" | "expire" | "cancel" }>;

/**
 * Takes a hold through its one door, the ledger, and sends the order on with what became of it.
 *
 * @returns the event that it is now left by: of this command, or of whoever came first; null: it was no hold any more.
 * @throws when ledger or queue do not answer. The event may be there; the completer sends it on.
 */
export async function decideHold(
  { ledger, orders }: Pick<PaymentDependencies, "ledger" | "orders">,
  { reservation, state }: LedgerEntry,
  command: HoldCommand,
): Promise<ReservationEvent | null> {
  const decision = decide(command, state);
  const event = decision.kind === "events" ? decision.events[0] : undefined;
  if (!event) return null;
  const there = await ledger.decideHold(reservation, event);
  await faultPoint("payment_after_deciding");
  if (there.id === event.id) await orders.sendDecided(reservation, [there]);
  return there;
}

export const authorise = (
  deps: Pick<PaymentDependencies, "ledger" | "orders">,
  entry: LedgerEntry,
  { paymentId, amountMinor, currency }: Payment,
) => decideHold(deps, entry, { kind: "authorise", payment: { paymentId, amountMinor, currency } });
