import type { BuyerId, OrderId } from "../ids.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import { settlePayments } from "./settle-payments.ts";

/**
 * Looks at the payments of an order whose buyer came back from the provider's page. Anybody may call that address, as often
 * as they like: so only an order that is open is looked at, and once in a few seconds.
 *
 * @throws as `settlePayments`.
 */
export async function lookOnReturn(
  deps: PaymentDependencies,
  order: { readonly orderId: OrderId; readonly buyerId: BuyerId },
): Promise<void> {
  if (await deps.open.mayLook(order, deps.clock.nowMs())) await settlePayments(deps, order);
}
