import { expect, test } from "vitest";
import { readShop } from "../../core/contract/shop.ts";
import { plainWordsIn } from "../../web/texts/plain.ts";
import { problemPage } from "../pages/views/plain/problem.ts";
import { refusalOf } from "./open-payment.ts";

test.each([
  ["overdue", "payment_overdue"],
  ["too_many_attempts", "too_many_payments"],
] as const)("a payment that is not opened since it is %s is refused as %s", (kind, refused) => {
  const { problem } = refusalOf({ kind });
  expect(problem).toMatchObject({ kind: refused, status: 409 });
  for (const locale of ["en", "de"] as const) {
    const page = problemPage(plainWordsIn(locale, readShop({})), { problem });
    expect(page).not.toMatch(/takes no more orders|nimmt keine Bestellung|charged|abgebucht/);
    expect(page).toMatch(locale === "en" ? /your order/i : /Ihre Bestellung/);
  }
});
