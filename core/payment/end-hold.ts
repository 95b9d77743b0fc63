import { faultPoint } from "../fault-point.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { Command } from "../reservation/lifecycle.ts";
import { ProviderSilent } from "./ask-provider.ts";
import { decideHold } from "./decide-hold.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import { settlePayments } from "./settle-payments.ts";

type EndCommand = Extract<Command, { kind: "expire" | "cancel" }>;
type Order = { readonly orderId: OrderId; readonly buyerId: BuyerId };

/**
 * Ends a hold that was not paid for: first at the provider, so that nobody pays it any more, then in the ledger. If the
 * provider finds it paid for, it is authorised instead.
 *
 * @param command whether its time is over, or who gives it up.
 * @returns the order as the ledger has it then; null: there is none.
 * @throws ProviderSilent, or when a store does not answer: the hold stands, and waits.
 */
export async function endHold(
  deps: PaymentDependencies,
  order: Order,
  command: EndCommand,
): Promise<LedgerEntry | null> {
  const before = await deps.ledger.get(order.orderId, order.buyerId);
  // What has ended already takes no call of the provider.
  if (before?.state.kind !== "held") return before;
  const { entry, payments } = await settlePayments(deps, order, true);
  if (entry?.state.kind !== "held") return entry;
  // The provider is at work on it, and does not let it be cancelled: what comes of it decides.
  if (payments.some(({ state }) => state !== "cancelled")) throw new ProviderSilent("unavailable");
  await faultPoint("payment_after_cancelling");
  await decideHold(deps, entry, command);
  return deps.ledger.get(order.orderId, order.buyerId);
}
