import { lineView } from "../../core/line/line-view.ts";
import { cachedASecond, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readLineGate } from "../compose/line-gate.ts";
import { findLine } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("line", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const [found, { counters, nowMs }] = await Promise.all([findLine(saleId), readLineGate(saleId)]);
  if (!found) return refuse("not_found", { detail: "There is no such sale, or it has no line" });
  const body = lineView(saleId, found.state, found.rules, counters, nowMs);
  return { status: 200, body, headers: cachedASecond };
});
