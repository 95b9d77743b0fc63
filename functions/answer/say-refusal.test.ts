import { expect, test } from "vitest";
import { readShop } from "../../core/contract/shop.ts";
import { plainWordsIn } from "../../web/texts/plain.ts";
import { problemPage } from "../pages/views/plain/problem.ts";
import { answerPurchase, type Refusal, refuse, refuseSale } from "./answer.ts";
import { refuseNoLine, refuseNoList, refuseReminder } from "./say-refusal.ts";

const tooMany = answerPurchase({ kind: "too_many_orders", orders: 3 }) as Refusal;

test.each([
  [
    "a reminder that comes too late",
    refuseReminder(),
    /too late for a reminder/,
    /eine Erinnerung ist es zu spät/,
  ],
  ["a code that nobody needs", refuseNoList(), /need no code/, /brauchen hier keinen Code/],
  ["a wait for nothing", refuseNoLine(), /first buys what is left/, /zuerst kommt, kauft, was da ist/],
  ["a sale that is none", refuseSale(), /no such sale/, /Diesen Verkauf gibt es nicht/],
  ["one order too many", tooMany, /takes no more orders from you/, /nimmt keine Bestellung mehr von Ihnen/],
])("%s is said in words of its own", (_, { problem, said }, english, german) => {
  const pageIn = (locale: "en" | "de") => problemPage(plainWordsIn(locale, readShop({})), { problem, said });
  expect(pageIn("en")).toMatch(english);
  expect(pageIn("de")).toMatch(german);
  if (said !== "no_more_orders")
    expect(pageIn("en") + pageIn("de")).not.toMatch(
      /takes no more orders|keine Bestellung mehr|another e-mail|anderen E-Mail/,
    );
});

test("what conflicts says nothing of orders where nobody knows more", () => {
  const { problem } = refuse("conflict");
  for (const locale of ["en", "de"] as const)
    expect(problemPage(plainWordsIn(locale, readShop({})), { problem })).not.toMatch(/orders|Bestellung/);
});
