import { expect, test } from "vitest";
import { priceMinorOf, readFields, type SaleFields } from "./sale-form.ts";

const fields: SaleFields = {
  name: "Lamp",
  description: "",
  "name.en": "",
  "description.en": "",
  "name.de": "",
  "description.de": "",
  currency: "EUR",
  priceMinor: "129.90",
  allocated: "200",
  purchaseLimit: "1",
  attemptLimit: "10",
  startsAt: "2026-11-27T10:00",
  endsAt: "",
  zone: "Europe/Berlin",
  holdMinutes: "",
  withdrawal: "days",
  withdrawalDays: "14",
  returnsGo: "on_sale",
  mode: "open",
  closesAt: "",
  resultAt: "",
  listSeconds: "",
  turnMinutes: "",
  admissionsPerSecond: "",
  mostInside: "",
  guests: "everybody",
  guestsBy: "addresses",
  tierName1: "",
  tierStartsAt1: "",
  tierName2: "",
  tierStartsAt2: "",
  tierName3: "",
  tierStartsAt3: "",
};

test.each([
  ["129.90", "EUR", 12_990],
  ["129,9", "EUR", 12_990],
  ["5", "EUR", 500],
  ["5000", "JPY", 5000],
  ["0.125", "KWD", 125],
  ["1.005", "EUR", null],
  ["-1", "EUR", null],
  ["1.2.3", "EUR", null],
  ["", "EUR", null],
])("a price of %s %s is %s", (price, currency, minor) => {
  expect(priceMinorOf(price, currency)).toBe(minor);
});

test("times are those of the chosen zone", () => {
  expect(readFields({ ...fields, endsAt: "2026-11-27T12:00" })).toMatchObject({
    kind: "valid",
    request: {
      startsAt: "2026-11-27T09:00:00.000Z",
      endsAt: "2026-11-27T11:00:00.000Z",
      priceMinor: 12_990,
      allocated: 200,
    },
  });
  expect(readFields(fields)).toMatchObject({ kind: "valid", request: { endsAt: null } });
});

test.each([
  ["", { kind: "none" }],
  ["1", { kind: "held", holdSeconds: 60 }],
  ["2.5", { kind: "held", holdSeconds: 150 }],
  ["2,5", { kind: "held", holdSeconds: 150 }],
  ["30", { kind: "held", holdSeconds: 1_800 }],
])("with %s minutes to pay in the payment is %o", (holdMinutes, payment) => {
  expect(readFields({ ...fields, holdMinutes })).toMatchObject({ kind: "valid", request: { payment } });
});

test("a sale that is paid for is in a currency that the payment provider counts as we do", () => {
  const inKrona = { ...fields, currency: "ISK", priceMinor: "5000" };
  expect(readFields({ ...inKrona, holdMinutes: "10" })).toEqual({ kind: "wrong", field: "currency" });
  expect(readFields(inKrona)).toMatchObject({ kind: "valid" });
});

test("a field that cannot be read is named", () => {
  for (const holdMinutes of ["0", "31", "0.9", "two"])
    expect(readFields({ ...fields, holdMinutes })).toEqual({ kind: "wrong", field: "holdMinutes" });
  expect(readFields({ ...fields, startsAt: "" })).toEqual({ kind: "wrong", field: "startsAt" });
  expect(readFields({ ...fields, endsAt: "2026-03-29T02:30" })).toEqual({ kind: "wrong", field: "endsAt" });
  expect(readFields({ ...fields, endsAt: fields.startsAt })).toEqual({ kind: "wrong", field: "endsAt" });
  const wrong = [{ field: "resultAt", why: "time" }];
  const draw = { ...fields, mode: "draw", closesAt: "2026-11-27T09:00", turnMinutes: "60" };
  expect(readFields(draw)).toEqual({ kind: "wrong", field: "mode", wrong });
  expect(readFields({ ...fields, priceMinor: "free" })).toEqual({ kind: "wrong", field: "priceMinor" });
});
