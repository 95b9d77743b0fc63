import { expect } from "vitest";
import type {
  CancelOrderAnswer,
  CancelOrderRequest,
  OrderEvent,
  OrderHistory,
} from "../../core/contract/cancellation.ts";
import type { Role } from "../../core/contract/identity.ts";
import type { OrderId, SaleId } from "../../core/ids.ts";
import { testApi, tokenOf } from "./test-api.ts";
import { aBuyer } from "./test-sale.ts";
import { waitFor } from "./wait-for.ts";

type Order = { readonly saleId: SaleId; readonly orderId: OrderId };
type Wishing = { readonly key?: string; readonly role?: Role | null };

const pathOf = ({ saleId, orderId }: Order) => `/api/admin/sales/${saleId}/orders/${orderId}`;

/** What API tests do to cancel orders, as one operator. */
export function testCancel(apiUrl: string) {
  const { call } = testApi(apiUrl);
  const operator = aBuyer();

  const cancel = (
    order: Order,
    wish: Partial<CancelOrderRequest> = {},
    // Only an admin takes units off sale.
    { key, role = wish.isWithheld === true ? "admin" : "operator" }: Wishing = {},
  ) =>
    call(`POST ${pathOf(order)}/cancel`, {
      token: role === null ? undefined : tokenOf(operator, role),
      key: key ?? crypto.randomUUID(),
      body: { units: 1, isWithheld: false, reason: "the buyer asked", ...wish },
    });

  const historyOf = async (order: Order) => {
    const answer = await call(`GET ${pathOf(order)}`, { token: tokenOf(aBuyer(), "viewer") });
    return answer.body as unknown as OrderHistory;
  };

  return {
    operator,
    cancel,
    historyOf,

    /** Cancels, and answers the event that came of it; the gate may not have been told yet. */
    decided: async (
      order: Order,
      wish: Partial<CancelOrderRequest> = {},
      key: string = crypto.randomUUID(),
    ) => {
      const answer = await cancel(order, wish, { key });
      expect(answer).toMatchObject({ status: 202, body: { orderId: order.orderId } });
      const { wishId } = answer.body as unknown as CancelOrderAnswer;
      let event: OrderEvent | undefined;
      await waitFor(`${wishId} is decided`, async () => {
        event = (await historyOf(order)).events?.find(({ wish: of }) => of?.wishId === wishId);
        return event !== undefined;
      });
      return event;
    },
  };
}
