import { changePace } from "../../core/line/change-pace.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readLineGate } from "../compose/line-gate.ts";
import { numbersOfLine } from "../compose/line-numbers.ts";
import { findLine, lineStores } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("changeLine", async ({ event, body, session }) => {
  const saleId = readPathId(event, "saleId");
  const [found, gate, { logs }] = await Promise.all([findLine(saleId), readLineGate(saleId), lineStores()]);
  if (!found) return refuse("not_found", { detail: "There is no such sale, or it has no line" });
  // The log goes by the gate's clock alone: one that is minutes ahead would hold the line up.
  if (!gate.isTrusted) return refuse("recovering", { retryAfterSeconds: 2 });
  const outcome = await changePace(logs, saleId, { ...body, role: session.role }, () => gate.nowMs);
  switch (outcome.kind) {
    case "changed":
      return { status: 200, body: await numbersOfLine(saleId, { ...found, state: outcome.state }) };
    case "no_log":
      return refuse("conflict", { detail: "Nobody has joined yet: change the sale's mode instead" });
    case "one_list":
      return refuse("conflict", { detail: "A draw has one list, which closes at its announced time" });
    case "ended":
      return refuse("conflict", { detail: "The line has ended" });
    default:
      return outcome satisfies never;
  }
});
