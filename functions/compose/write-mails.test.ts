import { expect, test } from "vitest";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aSale } from "../../tests/support/test-sale.ts";
import { mailsOf } from "../../core/mail/order-mail.ts";
import type { ReservationEvent } from "../../core/reservation/lifecycle.ts";
import { writeOrderMail } from "./write-order-mail.ts";
import { writeResultMail } from "./write-result-mail.ts";

const shop = {
  name: "Shop",
  accent: "",
  imprintUrl: "",
  privacyUrl: "",
  termsUrl: "",
  contact: "",
  nextStepsEn: "",
  nextStepsDe: "",
  timeZone: "Europe/Berlin",
  signInName: "",
};
const paid = aSale({ payment: { kind: "held", holdSeconds: 600 }, priceMinor: 1_000 });
const free = aSale({ priceMinor: 1_000 });
const returned = {
  kind: "returned",
  id: "w",
  number: 2,
  units: 2,
  isWithheld: false,
  reason: "",
  actorId: "",
} as const;
const history: readonly ReservationEvent[] = [{ kind: "confirmed", id: "confirm", number: 1 }, returned];

/** What a buyer of three is told: that they are theirs, and that two were taken back. */
const told = (sale: typeof paid, language: "en" | "de") =>
  mailsOf({ reservation: aReservation({ saleId: sale.saleId, quantity: 3 }), history }).map(
    (mail) => writeOrderMail(shop, "https://shop.example")(mail, sale, language).text,
  );

test("of a sale that is paid on the site a buyer is told what was paid, and what is paid back", () => {
  const [confirmed, cancelled] = told(paid, "en");
  expect(confirmed).toContain("Paid: €30.00");
  expect(confirmed).not.toContain("how payment");
  expect(cancelled).toContain("€20.00 is paid back");
  const [bestaetigt, storniert] = told(paid, "de");
  expect(bestaetigt).toMatch(/Bezahlt: 30,00\s€/);
  expect(bestaetigt).not.toContain("wie Bezahlung");
  expect(storniert).toMatch(/20,00\s€ werden .*zurückgezahlt/);
});

test("of any other sale nothing is said to be paid", () => {
  const all = [...told(free, "en"), ...told(free, "de")].join("\n");
  expect(all).not.toMatch(/\b(paid|bezahlt|zurückgezahlt)\b/i);
  expect(all).toContain("how payment and delivery go");
});

test("what came of a draw bears the sale's name in the entrant's language", () => {
  const sale = aSale({ name: "Sneaker", translations: { de: { name: "Turnschuh", description: "" } } });
  const write = writeResultMail(shop, "https://shop.example");
  const won = { kind: "won", quantity: 1, fromMs: 0, untilMs: 60_000 } as const;
  expect(write("en", sale, won).subject).toBe("You have been drawn: Sneaker");
  expect(write("de", sale, won).subject).toBe("Sie wurden gezogen: Turnschuh");
});
