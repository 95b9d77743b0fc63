import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo, testTables } from "../../tests/support/test-aws.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import { createAddresses } from "../identity/addresses.dynamo.ts";
import type { Mail } from "../identity/mail.ses.ts";
import { logLine } from "../log.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import type { Sale } from "../sale/sale.ts";
import type { OrderId } from "../ids.ts";
import { mailsOf } from "./order-mail.ts";
import { createSentMails } from "./sent-mails.dynamo.ts";
import { sendOrderMails } from "./send-order-mails.ts";

const stores = await testStores();
const dynamo = testDynamo(stores.dynamoEndpoint);
const addresses = createAddresses(dynamo, stores.identityTable);
const saleRecords = createSaleRecords(testTables(stores.dynamoEndpoint), stores.ledgerTable);
const sent = createSentMails(testTables(stores.dynamoEndpoint), stores.identityTable);
const MINUTE_MS = 60_000;

/** A world of one sale and one clock, and SES as it is told to be. */
async function world(settings: Partial<Sale> = {}) {
  const sale = aSale(settings);
  await saleRecords.put(sale);
  const mails: Mail[] = [];
  const warnings: string[] = [];
  const measured: string[] = [];
  const time = { nowMs: NOW_MS };
  let failure: (Error & object) | null = null;
  const deps = {
    addresses,
    saleRecords,
    sent,
    sendMail: async (mail: Mail) => {
      mails.push(mail);
      if (failure) throw failure;
    },
    pace: async () => {},
    write: () => ({ subject: "s", text: "t" }),
    clock: { nowMs: () => time.nowMs, monotonicMs: () => time.nowMs },
    warn: (message: string, details: Parameters<typeof logLine>[2]) =>
      void warnings.push(logLine("WARN", message, details, new Date(NOW_MS))),
    measure: (name: string) => void measured.push(name),
  };
  return {
    mails,
    warnings,
    measured,
    deps,
    /** What SES does with the next mails; it has heard them all the same. */
    sesFails: (error: (Error & object) | null) => void (failure = error),
    after: (minutes: number) => (time.nowMs += minutes * MINUTE_MS),
    /** The mail of a new order, whose buyer has an address if it is given. */
    due: async (email?: string) => {
      const reservation = aReservation({ saleId: sale.saleId });
      if (email) await addresses.put(reservation.buyerId, { email, language: "de" }, NOW_MS);
      return mailsOf({ reservation, history: [{ kind: "confirmed", id: "confirm", number: 1 }] });
    },
    send: (due: Awaited<ReturnType<typeof mailsOf>>) => sendOrderMails(deps, due),
  };
}

const fault = (name: string, more: object = {}) =>
  Object.assign(new Error("ada@example.com"), { name, ...more });

test("a mail is sent once, however often it is asked for", async () => {
  const { due, send, mails, after, measured } = await world();
  const mail = await due("ada@example.com");
  expect([await send(mail), await send(mail)]).toEqual([true, true]);
  after(600);
  expect(await send(mail)).toBe(true);
  expect(mails).toEqual([{ to: "ada@example.com", subject: "s", text: "t" }]);
  expect(measured).toEqual(["MailsSent"]);
});

test("a payment that was undone is told once, beside the mail of the event of its number, and not months later", async () => {
  const { due, send, mails, after } = await world();
  const [confirmed] = await due("ada@example.com");
  const undone = {
    ...confirmed!,
    kind: "payment_undone",
    why: "second",
    takenMinor: 0,
    currency: "EUR",
  } as const;
  const next = { ...undone, number: 2 };
  for (const all of [[confirmed!, undone], [undone], [undone, confirmed!]])
    expect(await send(all)).toBe(true);
  expect(mails).toHaveLength(2);
  after(46 * 24 * 60);
  expect(await send([undone, next])).toBe(true);
  expect(mails).toHaveLength(2);
});

test("killed between the mail and its mark, it goes out once more, and never a third time", async () => {
  const { due, send, mails, after, deps, measured } = await world();
  const mail = await due("ada@example.com");
  const killed = { ...deps, sent: { ...sent, end: () => Promise.reject(new Error("killed")) } };
  await expect(sendOrderMails(killed, mail)).rejects.toThrow("killed");
  expect(await send(mail)).toBe(false);
  after(1);
  await expect(sendOrderMails(killed, mail)).rejects.toThrow("killed");
  expect(mails).toHaveLength(2);
  after(1);
  expect(await send(mail)).toBe(true);
  expect(await send(mail)).toBe(true);
  expect(mails).toHaveLength(2);
  expect(measured).toEqual(["MailsGivenUp"]);
});

test("while a mail of an order waits, no later one of the order overtakes it, in whichever message", async () => {
  const { due, mails, deps, after } = await world();
  const [[first], other] = [await due("ada@example.com"), await due("bob@example.com")];
  const second = { ...first!, kind: "returned", number: 2, units: 1, unitsLeft: 0 } as const;
  await sent.begin(first!, deps.clock.nowMs());
  const run = async () => {
    const waiting = new Set<OrderId>();
    const earlier = await sendOrderMails(deps, [first!, second, ...other], waiting);
    return [earlier, await sendOrderMails(deps, [second], waiting)];
  };
  expect(await run()).toEqual([false, false]);
  expect(mails.map(({ to }) => to)).toEqual(["bob@example.com"]);
  after(1);
  expect(await run()).toEqual([true, true]);
  expect(mails.map(({ to }) => to)).toEqual(["bob@example.com", "ada@example.com", "ada@example.com"]);
});

test("while SES refuses, every mail waits, for as long as it takes", async () => {
  const { due, send, mails, sesFails } = await world();
  const all = [...(await due("ada@example.com")), ...(await due("bob@example.com"))];
  sesFails(fault("TooManyRequestsException", { $metadata: { httpStatusCode: 429 } }));
  for (let times = 0; times < 9; times++) expect(await send(all)).toBe(false);
  // The others wait with the first.
  expect(new Set(mails.map(({ to }) => to))).toEqual(new Set(["ada@example.com"]));
  sesFails(null);
  mails.length = 0;
  expect(await send(all)).toBe(true);
  expect(mails.map(({ to }) => to)).toEqual(["ada@example.com", "bob@example.com"]);
});

test("while SES is silent, a mail is repeated after 1, 4, 16 and 64 minutes, and then given up", async () => {
  const { due, send, mails, sesFails, after, measured } = await world();
  const mail = await due("ada@example.com");
  sesFails(fault("TimeoutError"));
  expect(await send(mail)).toBe(false);
  for (const minutes of [1, 4, 16, 64]) {
    after(minutes - 0.5);
    const before = mails.length;
    expect([await send(mail), mails.length - before]).toEqual([false, 0]);
    after(0.5);
    expect([await send(mail), mails.length - before]).toEqual([false, 1]);
  }
  after(300);
  expect(await send(mail)).toBe(true);
  expect(mails).toHaveLength(5);
  expect(measured).toEqual(["MailsGivenUp"]);
});

test("a mail that SES does not take is given up, and the next one goes out", async () => {
  const { due, send, mails, sesFails, deps } = await world();
  const [bad, good] = [await due("bad@example.com"), await due("ada@example.com")];
  sesFails(fault("MessageRejected", { $metadata: { httpStatusCode: 400 } }));
  const once: typeof deps.sendMail = async (mail) => {
    try {
      await deps.sendMail(mail);
    } finally {
      sesFails(null);
    }
  };
  expect(await sendOrderMails({ ...deps, sendMail: once }, [...bad, ...good])).toBe(true);
  expect(await send([...bad, ...good])).toBe(true);
  expect(mails.map(({ to }) => to)).toEqual(["bad@example.com", "ada@example.com"]);
});

test("who has no address gets no mail, and no log has anybody's address", async () => {
  const { due, send, mails, measured, warnings, sesFails } = await world();
  expect(await send(await due())).toBe(true);
  expect([mails, warnings, measured]).toEqual([[], [], ["MailsWithoutAddress"]]);
  sesFails(fault("MessageRejected", { $metadata: { httpStatusCode: 400 } }));
  await send(await due("ada@example.com"));
  expect(warnings).toHaveLength(1);
  expect(warnings.join()).not.toContain("@");
});

test("nobody is written to about a purchase that only tests the shop", async () => {
  const { due, send, mails, warnings } = await world({ currency: "XTS" });
  expect(await send(await due("ada@example.com"))).toBe(true);
  expect([mails, warnings]).toEqual([[], []]);
});
