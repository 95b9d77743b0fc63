import { expect, it } from "vitest";
import { sellOut } from "../load/artillery/sell-out.ts";
import { createSale } from "../load/create-sale.ts";
import { localSession } from "../load/local-session.ts";
import { stageTarget } from "../load/target/stage-target.ts";
import { testCloud } from "./support/cloud.ts";

const UNITS = 12;

// A stage from outside: its API, an operator's session, shoppers' sessions, and nothing of its stores.
const { apiUrl } = await testCloud({ schedules: ["guardian"] });
const sessions = async (count: number) => Array.from({ length: count }, () => localSession());
const target = stageTarget(apiUrl, localSession("operator").token, sessions);

it("judges a sale by what its operator may ask, and finds an order that nobody was told of", async () => {
  const saleId = await createSale(apiUrl, { name: "Stage", allocated: UNITS }, target.operatorToken);
  const log = await sellOut(target, [saleId], UNITS);
  const equal = await target.judge(saleId, log);
  expect(equal.verdict).toContain(`orders (PostgreSQL)    ${UNITS}`);
  expect(equal).toMatchObject({ saleId, isEqual: true });
  const [untold] = log;
  const unequal = await target.judge(saleId, log.slice(1));
  expect(unequal.isEqual).toBe(false);
  expect(unequal.verdict).toContain(`rows that nobody was told of: ${untold?.orderId}`);
});
