import * as v from "valibot";
import { expect, test } from "vitest";
import { createSaleRequest } from "./admin.ts";
import { decimalsAtProvider, paymentCurrencies } from "./payment-currency.ts";

test.each(paymentCurrencies)("pages show %s with the decimals that the provider counts in", (currency) => {
  const { maximumFractionDigits } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  expect(maximumFractionDigits).toBe(decimalsAtProvider(currency));
});

const errorsOf = (currency: string, payment: object) =>
  (
    v.safeParse(createSaleRequest, {
      name: "Lamp",
      currency,
      priceMinor: 4_900,
      allocated: 5,
      startsAt: "2026-11-27T10:00:00Z",
      payment,
    }).issues ?? []
  ).map((issue) => `${v.getDotPath(issue)} ${issue.message}`);
const held = { kind: "held", holdSeconds: 600 };

test.each(["ISK", "HUF", "KWD", "UGX", "TWD", "XXX"])("a sale in %s can't be paid for", (currency) => {
  expect(errorsOf(currency, held)).toEqual([
    expect.stringMatching(/^payment is not possible in [A-Z]{3}: its currency must be one of AUD, CAD/),
  ]);
  expect(errorsOf(currency, { kind: "none" })).toEqual([]);
});

test.each(["EUR", "JPY"])("a sale in %s can", (currency) => {
  expect(errorsOf(currency, held)).toEqual([]);
});
