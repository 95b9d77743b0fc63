import { expect, test } from "vitest";
import { readShop } from "../../../../core/contract/shop.ts";
import { plainWordsIn } from "../../../../web/texts/plain.ts";
import { refuse } from "../../../answer/answer.ts";
import { problemPage } from "./problem.ts";

const words = plainWordsIn("en", readShop({}));
const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD";
const { problem: unknown } = refuse("outcome_unknown", { retryAfterSeconds: 1 });

test("a purchase in a turn is asked for again as it was, with its ticket", () => {
  const attempt = { saleId, quantity: 1, key: "key-00001" };
  const text = problemPage(words, { problem: unknown, attempt: { ...attempt, ticket: "a.ticket" } });
  expect(text).toContain('action="/plain/en/purchase"');
  expect(text).toContain('name="ticket" value="a.ticket"');
  expect(problemPage(words, { problem: unknown, attempt })).not.toContain("ticket");
});

test("a join that was not answered is asked for again; a leaving is not, and both lead back to the sale", () => {
  const { problem } = refuse("join_unknown");
  const text = problemPage(words, { problem, line: { saleId, quantity: 2 } });
  expect(text).toContain('action="/plain/en/join"');
  expect(text).toContain('name="quantity" value="2"');
  expect(text).toContain(`href="/plain/en/sale/${saleId}"`);
  const left = problemPage(words, { problem: refuse("recovering").problem, line: { saleId } });
  expect(left).not.toContain("<form");
  expect(left).toContain(`href="/plain/en/sale/${saleId}"`);
});

test("who has been signed out while joining signs in, and comes back to the sale", () => {
  const { problem } = refuse("unauthenticated");
  const text = problemPage(words, { problem, line: { saleId, quantity: 1 } });
  expect(text).toContain('action="/plain/en/code"');
  expect(text).toContain(`name="next" value="/plain/en/sale/${saleId}"`);
});

test("sold out says how many units are held and may come back", () => {
  const { problem } = refuse("sold_out", { held: 9 });
  expect(problemPage(words, { problem })).toContain(
    "9 units are held and not paid for yet: they may come back.",
  );
  expect(problemPage(words, { problem: refuse("sold_out").problem })).not.toContain("may come back");
});
