import { afterAll, beforeEach } from "vitest";
import { openSqs, type Sqs } from "../../core/aws/connect.sqs.ts";
import { systemClock } from "../../core/clock.ts";
import { createMailQueue, readMails } from "../../core/mail/mail-queue.sqs.ts";
import type { OrderMail } from "../../core/mail/order-mail.ts";
import { createOrderQueue } from "../../core/orders/order-queue.sqs.ts";
import type { CompleterDependencies } from "../../core/payment/complete-payments.ts";
import { endHold } from "../../core/payment/end-hold.ts";
import { createOpenPayments } from "../../core/payment/open-payments.dynamo.ts";
import { openPayment } from "../../core/payment/open-payment.ts";
import { createStripe } from "../../core/payment/stripe.http.ts";
import { createLedger } from "../../core/reservation/ledger.dynamo.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import {
  LOCAL_PAYMENT_KEY,
  LOCAL_WEBHOOK_SECRET,
  startPaymentProvider,
} from "../../local/payment/payment-provider.ts";
import type { TestStores } from "./stores.ts";
import { testQueue, testTables } from "./test-aws.ts";
import { aReservation } from "./test-reservation.ts";
import { aSale, FAR_AHEAD_MS } from "./test-sale.ts";

/** More than a minute from now. */
export const later = { ...systemClock, nowMs: () => Date.now() + 61_000 };

/** In place of a step: whoever takes it is killed. */
export const killed = async () => Promise.reject(new Error("killed"));

/** In place of a step at the provider, which will not take it. */
export const refuse = async () => ({ kind: "refused", why: "conflict" }) as const;

/** Payments on a test file's stores, at a provider of its own. Call it after `testStores`. */
export async function testPayments(stores: TestStores) {
  const stripe = await startPaymentProvider();
  const dynamo = testTables(stores.dynamoEndpoint);
  const queue = testQueue(stores);
  const ledger = createLedger(dynamo, stores.ledgerTable);
  const saleRecords = createSaleRecords(dynamo, stores.ledgerTable);
  const measured: string[] = [];
  const received: Record<string, unknown>[] = [];
  afterAll(() => stripe.stop());
  beforeEach(() => {
    measured.length = 0;
    stripe.setOutage("none");
  });
  const mailSqs = openSqs(stores.mailQueueUrl, stores.sqsEndpoint);
  afterAll(() => mailSqs.close());
  const mailed: OrderMail[] = [];
  const deps: CompleterDependencies = {
    mails: createMailQueue(mailSqs),
    ledger,
    saleRecords,
    open: createOpenPayments(dynamo, stores.ledgerTable),
    orders: createOrderQueue(queue),
    provider: createStripe({
      key: LOCAL_PAYMENT_KEY,
      webhookSecret: LOCAL_WEBHOOK_SECRET,
      endpoint: stripe.url,
    }),
    clock: systemClock,
    warn: () => {},
    measure: (name) => void measured.push(name),
  };
  const open = ({ orderId, buyerId }: Reservation, to = deps) =>
    openPayment(to, { orderId, buyerId, locale: "en", returnUrl: "https://shop.example.com/back" });

  return {
    stripe,
    deps,
    ledger,
    saleRecords,
    /** Names of what was measured in the test. */
    measured,
    open,

    /** A hold of two units in the ledger, of a sale whose gate counts it. */
    aHold: async (changes: Partial<Reservation> = {}): Promise<Reservation> => {
      const sale = aSale({ priceMinor: 2_000, allocated: 9 });
      const hold = aReservation({
        saleId: sale.saleId,
        quantity: 2,
        heldUntilMs: FAR_AHEAD_MS,
        ...changes,
      });
      await saleRecords.put(sale);
      await ledger.put(hold);
      return hold;
    },

    urlOf: async (hold: Reservation): Promise<string> => {
      const outcome = await open(hold);
      if (outcome.kind !== "open") throw new Error(outcome.kind);
      return outcome.url;
    },

    /** What a person does on the provider's page. */
    choose: (url: string, choice: string) =>
      fetch(`${url}/${choice}`, { method: "POST", redirect: "manual" }),

    /** The hold ends because its time is over. */
    expire: (hold: Reservation) => endHold(deps, hold, { kind: "expire" }),
    /** The hold ends because its buyer gives it up. */
    giveUp: (hold: Reservation) => endHold(deps, hold, { kind: "cancel", actorId: hold.buyerId }),

    /** What somebody does at the provider's own console. */
    atConsole: (path: string, fields: Record<string, string> = {}) =>
      fetch(`${stripe.url}/v1/${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${LOCAL_PAYMENT_KEY}` },
        body: new URLSearchParams(fields),
      }),

    stateOf: async ({ orderId, buyerId }: Reservation) => (await ledger.get(orderId, buyerId))?.state,
    intentsOf: ({ orderId }: Reservation) =>
      stripe.books().intents.filter(({ metadata }) => metadata["order_id"] === orderId),
    sessionsOf: ({ orderId }: Reservation) =>
      stripe.books().sessions.filter(({ metadata }) => metadata["order_id"] === orderId),
    isOpen: async ({ orderId }: Reservation) =>
      (await deps.open.all()).some((order) => order.orderId === orderId),

    /** The mails about an order that are to be sent, as often as that was asked for. */
    mailsAbout: async ({ orderId }: Reservation): Promise<OrderMail[]> => {
      for (const body of await bodiesIn(mailSqs)) mailed.push(...readMails(body));
      return mailed.filter((mail) => mail.orderId === orderId);
    },

    /** What was sent to the order queue about an order. */
    sentOf: async ({ orderId }: Reservation): Promise<Record<string, unknown>[]> => {
      for (const body of await bodiesIn(queue)) received.push(JSON.parse(body) as Record<string, unknown>);
      return received.filter((message) => message["orderId"] === orderId);
    },
  };
}

/** What has come since it was last asked. */
async function bodiesIn(queue: Sqs): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await queue.send("ReceiveMessage", {
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 600,
    });
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = "" }) => Body));
  }
}
