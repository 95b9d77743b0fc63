import { expect, test } from "vitest";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aSale } from "../../tests/support/test-sale.ts";
import { mailsOf, undoneMail } from "../../core/mail/order-mail.ts";
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
const mailTexts = (sale: typeof paid, language: "en" | "de") =>
  mailsOf({ reservation: aReservation({ saleId: sale.saleId, quantity: 3 }), history }).map(
    (mail) => writeOrderMail(shop, "https://shop.example")(mail, sale, language).text,
  );

test("of a sale that is paid on the site a buyer is told what was paid, and what is paid back", () => {
  const [confirmed, cancelled] = mailTexts(paid, "en");
  expect(confirmed).toContain("Paid: €30.00");
  expect(confirmed).not.toContain("how payment");
  expect(cancelled).toContain("€20.00 is paid back");
  const [bestaetigt, storniert] = mailTexts(paid, "de");
  expect(bestaetigt).toMatch(/Bezahlt: 30,00\s€/);
  expect(bestaetigt).not.toContain("wie Bezahlung");
  expect(storniert).toMatch(/20,00\s€ werden .*zurückgezahlt/);
});

test("of a payment that was undone a buyer is told why, of which order, and whether anything was taken", () => {
  const reservation = aReservation({ saleId: paid.saleId, quantity: 3 });
  const write = (language: "en" | "de", takenMinor: number, currency = "EUR") => {
    const mail = undoneMail(reservation, { attempt: 1, why: "too_late", takenMinor, currency });
    const { subject, text } = writeOrderMail(shop, "https://shop.example")(mail, paid, language);
    expect(text).toContain(reservation.orderId);
    expect(text).toContain(paid.name);
    return `${subject}\n${text}`.replaceAll("\u00a0", " ");
  };
  expect(write("en", 0)).toMatch(/^Nothing taken: [^]*arrived when the order had ended[^]*Nothing was taken/);
  expect(write("de", 0)).toMatch(/^Nichts eingezogen: [^]*als die Bestellung beendet war[^]*freigegeben/);
  expect(write("en", 3_000)).toMatch(/^Paid back: [^]*€30\.00 was taken by it, and is given back in full/);
  expect(write("de", 3_000)).toMatch(/^Zurückgezahlt: [^]*30,00 € wurden durch sie eingezogen/);
  expect(write("en", 3_000, "USD")).toContain("US$30.00 was taken");
});

test("of any other sale nothing is said to be paid", () => {
  const all = [...mailTexts(free, "en"), ...mailTexts(free, "de")].join("\n");
  expect(all).not.toMatch(/\b(paid|bezahlt|zurückgezahlt)\b/i);
  expect(all).toContain("how payment and delivery go");
});

test("what came of a draw bears the sale's name in the entrant's language", () => {
  const sale = aSale({ name: "Sneaker", translations: { de: { name: "Turnschuh", description: "" } } });
  const write = writeResultMail(shop, "https://shop.example");
  const won = { kind: "won", quantity: 1, fromMs: 0, untilMs: 60_000 } as const;
  expect(write("en", sale, won).subject).toBe("You have been drawn: Sneaker");
  expect(write("de", sale, won).subject).toBe("Sie wurden gezogen: Turnschuh");
  const held = { ...won, untilMs: null };
  expect(write("en", sale, held).text).toContain(
    "and so has your time: it ends later than planned. After that",
  );
  expect(write("de", sale, held).text).toContain(
    "und Ihre Zeit auch: Sie endet später als vorgesehen. Danach",
  );
});
