import { systemClock } from "../../core/clock.ts";
import type { SaleId } from "../../core/ids.ts";
import { lineView } from "../../core/line/line-view.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { createKeptAnswers } from "../compose/kept-answers.ts";
import { readLineGate } from "../compose/line-gate.ts";
import { readLine } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

const answer = createKeptAnswers(async (saleId: SaleId) => {
  const [found, { counters, nowMs }] = await Promise.all([readLine(saleId), readLineGate(saleId)]);
  return found && lineView(saleId, found.state, found.rules, counters, nowMs);
}, systemClock);

export const handler = endpoint(
  "line",
  async ({ event }) =>
    (await answer(event, readPathId(event, "saleId"))) ??
    refuse("not_found", { detail: "There is no such sale, or it has no line" }),
);
