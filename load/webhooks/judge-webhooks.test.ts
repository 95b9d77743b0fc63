import { expect, test } from "vitest";
import type { MerchantEvent } from "../../core/contract/events.ts";
import { judgeWebhooks } from "./judge-webhooks.ts";

const event = (position: number, orderId: string, type = "order.confirmed"): MerchantEvent => ({
  id: `evt_${position}`,
  position,
  type,
  timestamp: "2026-11-27T10:00:00.000Z",
  data: { orderId, saleId: "sale" },
});
const taken = ({ id, type, data }: MerchantEvent) => ({ id, event: { type, data } });
const [held, other, confirmed] = [event(1, "a", "order.held"), event(2, "b"), event(3, "a")];
const feed = [held, other, confirmed];

test("each once, in the order of its order, whatever others do between", () => {
  expect(judgeWebhooks(feed, [other, held, confirmed].map(taken))).toEqual([]);
});

test.each([
  ["never came", [held, other]],
  ["taken 2 times", [held, other, confirmed, other]],
  ["never happened", [...feed, event(4, "c")]],
  ["behind a later event of a", [confirmed, held, other]],
  ["something else", [held, { ...other, data: { orderId: "b", saleId: "another" } }, confirmed]],
])("%s", (what, came) => {
  expect(judgeWebhooks(feed, came.map(taken)).join()).toContain(what);
});
