import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testPayments } from "../../tests/support/test-payments.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { systemClock } from "../clock.ts";
import { ProviderSilent } from "./ask-provider.ts";

const at = await testPayments(await testStores());
const { stripe, deps, ledger, saleRecords, open, aHold, urlOf, giveUp, atConsole, sessionsOf } = at;

describe("opening a payment", () => {
  test("of a hold: the whole amount, one page, however often it is asked for", async () => {
    const hold = await aHold();
    const [first, second] = await Promise.all([urlOf(hold), urlOf(hold)]);
    expect(second).toBe(first);
    expect(await urlOf(hold)).toBe(first);
    expect(sessionsOf(hold)).toHaveLength(1);
    expect(sessionsOf(hold)[0]).toMatchObject({ amountTotal: 4_000, currency: "eur", name: "2 × Sneaker" });
  });

  test("of a hold whose time is not over, by a function whose clock is ten minutes ahead", async () => {
    const hold = await aHold({ heldUntilMs: Date.now() + 60_000 });
    const ahead = { ...deps, clock: { ...systemClock, nowMs: () => Date.now() + 600_000 } };
    expect(await open(hold, ahead)).toMatchObject({ kind: "open" });
  });

  test("of somebody else's order, of one that ended, of one that has been due for long", async () => {
    const hold = await aHold();
    expect(await open({ ...hold, buyerId: aReservation().buyerId })).toEqual({ kind: "not_found" });
    await giveUp(hold);
    expect(await open(hold)).toMatchObject({ kind: "settled", entry: { state: { kind: "cancelled" } } });
    expect(await open(await aHold({ heldUntilMs: Date.now() - 16 * 60_000 }))).toEqual({ kind: "overdue" });
  });

  test("of a hold that no gate counts: nobody is told where to pay", async () => {
    const hold = await aHold({ epoch: 7 });
    expect(await open(hold)).toEqual({ kind: "checking" });
    expect(sessionsOf(hold)).toEqual([]);
  });

  test("while the provider is down: an error, and the same attempt goes on", async () => {
    const hold = await aHold();
    stripe.setOutage("errors");
    await expect(open(hold)).rejects.toThrow(ProviderSilent);
    stripe.setOutage("none");
    await urlOf(hold);
    expect((await ledger.get(hold.orderId, hold.buyerId))?.payments).toHaveLength(1);
  });

  test("outages use up no attempts, however long they last", async () => {
    const hold = await aHold();
    for (let time = 0; time < 7; time++) {
      const asked = { ...deps, clock: { ...systemClock, nowMs: () => Date.now() + time * 60_000 * 6 } };
      stripe.setOutage("rate_limited");
      await expect(open(hold, asked)).rejects.toThrow(ProviderSilent);
    }
    stripe.setOutage("none");
    await urlOf(hold);
    expect(sessionsOf(hold)).toHaveLength(1);
  });

  test("an attempt keeps its number while the provider has too much to do", async () => {
    const hold = await aHold();
    stripe.setOutage("rate_limited");
    await expect(open(hold)).rejects.toThrow(ProviderSilent);
    const soon = { ...deps, clock: { ...systemClock, nowMs: () => Date.now() + 40_000 } };
    await expect(open(hold, soon)).rejects.toThrow(ProviderSilent);
    expect((await ledger.get(hold.orderId, hold.buyerId))?.payments).toHaveLength(1);
  });

  test("a second attempt is for the amount of the first, though the price has changed", async () => {
    const hold = await aHold();
    await urlOf(hold);
    await atConsole(`checkout/sessions/${sessionsOf(hold)[0]!.id}/expire`);
    await saleRecords.put({ ...(await saleRecords.get(hold.saleId))!, priceMinor: 9_000, revision: 9 });
    await urlOf(hold);
    expect(sessionsOf(hold).map(({ amountTotal }) => amountTotal)).toEqual([4_000, 4_000]);
  });

  test("after the page's own end another attempt is opened", async () => {
    const hold = await aHold();
    const url = await urlOf(hold);
    const { payments } = (await ledger.get(hold.orderId, hold.buyerId))!;
    const payment = await deps.provider.get(payments![0]!.paymentId!);
    if (payment.kind === "payment") await deps.provider.cancel(payment.payment);
    expect(await urlOf(hold)).not.toBe(url);
    expect(sessionsOf(hold).map(({ status }) => status)).toEqual(["expired", "open"]);
  });
});
