import { expect, it } from "vitest";
import type { RequestLine } from "../load/report/summarize.ts";
import { awaitSettledAnywhere } from "../load/verdict/await-settled-anywhere.ts";
import type { ClientAnswer } from "../load/verdict/client-answer.ts";
import { judge } from "../load/verdict/verdict.ts";
import { restartedApi } from "./support/restarted-api.ts";
import { logLines, tellShoppers } from "./support/shopper-log.ts";
import { testStores } from "./support/stores.ts";

const SHOPPERS = 30;
const UNITS = 20;

const stores = await testStores();

it("Artillery's shoppers go on where the API is after a crash and a new start on another port, and keep their verdict", async () => {
  const { folder, apiUrl, cloud, saleId, crash, comeBack } = await restartedApi(stores, UNITS);
  tellShoppers({ apiUrl, saleId, opensAtMs: Date.now(), folder });
  const shopper = await import("../load/artillery/shopper.mts");
  const visit = async () => {
    const context = { vars: {} };
    await shopper.signIn(context);
    await shopper.look(context);
    await shopper.buy(context);
    await shopper.followOrder(context);
  };
  const visits = Array.from({ length: SHOPPERS / 2 }, visit);

  await crash();
  visits.push(...Array.from({ length: SHOPPERS / 2 }, visit));
  expect(await comeBack()).not.toBe(apiUrl);

  await Promise.all(visits);
  const answers = logLines<ClientAnswer>(folder, "answers");
  expect(answers.filter(({ kind }) => kind === "no_answer").length).toBeGreaterThanOrEqual(SHOPPERS / 2);
  const facts = await awaitSettledAnywhere(cloud, saleId);
  expect(judge(facts, answers)).toEqual([]);
  expect(facts.gate.stock.sold).toBe(UNITS);
  const followed = logLines<RequestLine>(folder, "requests").filter(({ what }) => what === "order");
  expect(followed.filter(({ kind }) => kind === "200").length).toBeGreaterThanOrEqual(UNITS);
}, 240_000);
