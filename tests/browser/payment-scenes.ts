import { createLedger } from "../../core/reservation/ledger.dynamo.ts";
import { decide } from "../../core/reservation/lifecycle.ts";
import type { OpenedPaymentAnswer } from "../../core/contract/payment.ts";
import type { SaleStatus } from "../../core/contract/sale.ts";
import type { OrderId } from "../../core/ids.ts";
import { chooseOnPage, type PageChoice } from "../../load/crowd/paid/provider-page.ts";
import { localTables } from "../../local/aws-clients.ts";
import { callApi } from "../../local/call-api.ts";
import { buyByApi, newSale } from "./browser-cloud.ts";
import { holdRows } from "./faults.ts";
import type { Scene, Stage } from "./scenes.ts";

const LONG_SECONDS = 1_200;
const SHORT_SECONDS = 60;
const HOUR_MS = 3_600_000;
const STATUS = "**/api/sale/status/*";

/** A unit that is held for the buyer, who looks at nothing yet. */
async function hold({ cloud, buyer }: Stage, holdSeconds = LONG_SECONDS) {
  const payment = { kind: "held", holdSeconds } as const;
  const saleId = await newSale(cloud, { payment });
  const { orderId } = await buyByApi(cloud, saleId, buyer.token);
  return { saleId, orderId: orderId as OrderId };
}

const openOrder = ({ shopper }: Stage, { orderId }: { readonly orderId: string }) =>
  shopper.open(`/order/?id=${orderId}`);

/** The buyer pays on the provider's page, in another tab. */
async function choose({ cloud, buyer: { token } }: Stage, orderId: string, choice: PageChoice) {
  const opened = await callApi<OpenedPaymentAnswer>(cloud.apiUrl, `POST /api/sale/order/${orderId}/payment`, {
    token,
    body: {},
  });
  const url = new URL(opened.url ?? "");
  await chooseOnPage(`${cloud.paymentUrl}${url.pathname}`, choice);
}

/** As a guardian does once nobody has paid in time. */
async function expire({ cloud, buyer: { buyerId } }: Stage, orderId: OrderId): Promise<void> {
  const dynamo = localTables(cloud.dynamoEndpoint);
  const ledger = createLedger(dynamo, cloud.ledgerTable);
  const entry = await ledger.get(orderId, buyerId);
  const decision = entry && decide({ kind: "expire" }, entry.state);
  const event = decision?.kind === "events" ? decision.events[0] : undefined;
  if (!entry || !event) throw new Error("there is nothing to expire");
  await ledger.decideHold(entry.reservation, event);
  dynamo.close();
}

/** A page whose server says that it is an hour later. */
async function hurry({ page }: Stage["shopper"]): Promise<void> {
  await page.route(STATUS, async (route) => {
    const response = await route.fetch();
    const status = (await response.json()) as SaleStatus;
    const serverTime = new Date(Date.parse(status.serverTime) + HOUR_MS).toISOString();
    await route.fulfill({ response, json: { ...status, serverTime } });
  });
}

/** Each state of an order that is paid for. */
export const paymentScenes: readonly Scene[] = [
  {
    name: "payment-held",
    state: "held",
    reach: async (stage) => {
      await openOrder(stage, await hold(stage));
      await stage.shopper.part("pay-clock").waitFor();
    },
  },
  {
    name: "payment-warning",
    state: "held",
    reach: async (stage) => {
      await openOrder(stage, await hold(stage, SHORT_SECONDS));
      await stage.shopper.part("pay-soon").waitFor();
    },
  },
  {
    name: "payment-paying",
    state: "held",
    reach: async (stage) => {
      await openOrder(stage, await hold(stage));
      await stage.shopper.stall("**/api/sale/order/*/payment");
      await stage.shopper.part("pay").click();
      await stage.shopper.part("pay-note").waitFor();
    },
  },
  {
    name: "payment-checking",
    state: "due",
    reach: async (stage) => {
      const order = await hold(stage);
      await hurry(stage.shopper);
      await openOrder(stage, order);
    },
  },
  {
    name: "payment-paid",
    state: "authorised",
    reach: async (stage) => {
      const { saleId, orderId } = await hold(stage);
      const release = await holdRows(stage.cloud, saleId);
      await choose(stage, orderId, "pay");
      await openOrder(stage, { orderId });
      await stage.shopper.state("authorised");
      await stage.shopper.stall("**/api/sale/order/*");
      await release();
    },
  },
  {
    name: "payment-confirmed",
    state: "confirmed",
    reach: async (stage) => {
      const order = await hold(stage);
      await choose(stage, order.orderId, "pay");
      await openOrder(stage, order);
    },
  },
  {
    name: "payment-failed",
    state: "failed",
    reach: async (stage) => {
      const order = await hold(stage);
      await choose(stage, order.orderId, "uncapturable");
      await openOrder(stage, order);
    },
  },
  {
    name: "payment-expired",
    state: "expired",
    reach: async (stage) => {
      const order = await hold(stage);
      await expire(stage, order.orderId);
      await openOrder(stage, order);
    },
  },
  {
    name: "payment-cancelled",
    state: "cancelled",
    reach: async (stage) => {
      const order = await hold(stage);
      const { token } = stage.buyer;
      await callApi(stage.cloud.apiUrl, `DELETE /api/sale/order/${order.orderId}/hold`, { token });
      await openOrder(stage, order);
    },
  },
  {
    name: "sale-all-held",
    state: "sold_out",
    reach: async (stage) => {
      const payment = { kind: "held", holdSeconds: LONG_SECONDS } as const;
      const saleId = await newSale(stage.cloud, { payment, allocated: 2, purchaseLimit: 2 });
      await buyByApi(stage.cloud, saleId, undefined, 2);
      await stage.shopper.open(`/sale/?id=${saleId}`);
    },
  },
];
