import { systemClock } from "../../core/clock.ts";
import type { SaleId } from "../../core/ids.ts";
import { readStatus } from "../../core/watch/read-status.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { createKeptAnswers } from "../compose/kept-answers.ts";
import { statusDependencies } from "../compose/status.ts";
import { readPathId } from "../request/path-id.ts";

const answer = createKeptAnswers(
  async (saleId: SaleId) => readStatus(await statusDependencies(), saleId, systemClock),
  systemClock,
);

export const handler = endpoint("saleStatus", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  return (await answer(event, saleId)) ?? refuse("not_found", { detail: "There is no such sale" });
});
