import type { OrderView } from "../../../core/contract/order.ts";
import type { BuyerId, OrderId } from "../../../core/ids.ts";
import { askOfOrder, openPayment } from "../../crowd/paid/ask-of-order.ts";
import { chooseOnPage, type PageChoice } from "../../crowd/paid/provider-page.ts";

export type Payer = ReturnType<typeof createPayer>;

type Held = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly token: string;
  readonly quantity: number;
};

/** Somebody for whom units are held, and what they can do about it; everything they see of their order is kept. */
export function createPayer(apiUrl: string, held: Held) {
  const seen: OrderView["state"][] = ["held"];
  let hasPaid = false;
  let url: string | null = null;

  async function open(): Promise<string | null> {
    url = (await openPayment(apiUrl, held))?.url ?? null;
    return url;
  }

  /** Whether the provider's page took it: a payment that led on is authorised. */
  async function choose(choice: PageChoice): Promise<boolean> {
    const isTaken = url !== null && (await chooseOnPage(url, choice)) === 303;
    if (isTaken && choice !== "later") hasPaid = true;
    return isTaken;
  }

  return {
    ...held,
    open,
    choose,
    /** Opens the page and pays, as most do. */
    async pay(): Promise<boolean> {
      return (await open()) !== null && choose("pay");
    },
    giveUp: () => askOfOrder(apiUrl, held, "DELETE", "/hold"),
    /** Where the provider's page is that was opened last. */
    url: () => url,
    hasPaid: () => hasPaid,
    /** The order as its buyer sees it now; null: no clear answer. */
    async look(): Promise<OrderView["state"] | null> {
      const response = await fetch(`${apiUrl}/api/sale/order/${held.orderId}`, {
        headers: { authorization: `Bearer ${held.token}` },
      }).catch(() => null);
      const order = (await response?.json().catch(() => null)) as OrderView | null;
      if (!response?.ok || !order) return null;
      if (order.state !== seen.at(-1)) seen.push(order.state);
      return order.state;
    },
    /** All that they were told, one after the other. */
    seen: seen as readonly OrderView["state"][],
  };
}
