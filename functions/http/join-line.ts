import { admitJoin, type JoinAdmission } from "../../core/bots/admit-join.ts";
import { systemClock } from "../../core/clock.ts";
import { joinLine, type JoinOutcome } from "../../core/line/join.ts";
import { openList } from "../../core/line/line-state.ts";
import { warn } from "../../core/log.ts";
import { type Answer, refuse, refuseOverLimit, refuseSale } from "../answer/answer.ts";
import { refuseNoLine } from "../answer/say-refusal.ts";
import { botDependencies, signer } from "../compose/bots.ts";
import { endpoint } from "../compose/endpoint.ts";
import { stockOf } from "../compose/line-gate.ts";
import { lines, lineStores, saleRecord } from "../compose/line.ts";
import { refuseToJoin } from "../compose/line-guests.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("joinLine", async ({ event, body, session, source }) => {
  const saleId = readPathId(event, "saleId");
  const [{ joins }, memory, bots] = await Promise.all([lineStores(), lines(), botDependencies()]);
  const { buyerId } = session;
  const refusal = await refuseToJoin(saleId, buyerId, body.invitation);
  if (refusal) return refusal;
  const list = openList((await memory.lineOf(saleId)).state);
  const asked = { saleId, buyerId, address: source, list, solved: body.solution ?? null };
  const admission = await admitJoin(bots, asked, systemClock.nowMs());
  if (admission.kind === "wrong_solution") return answerWrong(admission);
  const { why } = admission;
  const deps = { joins, lines: memory, saleOf: saleRecord, stockOf, signer, warn, demotion: why };
  return answerJoin(
    await joinLine(deps, { saleId, buyerId, quantity: body.quantity, language: body.language }),
  );
});

const faults = {
  expired: "has expired: ask for another challenge",
  spent: "was used for another list: ask for another challenge",
  of_another: "is of another buyer or sale",
  forged: "is no challenge of ours",
  unsolved: "does not solve its challenge",
} as const;

const answerWrong = ({ fault }: Extract<JoinAdmission, { kind: "wrong_solution" }>): Answer =>
  refuse("invalid_request", { errors: [{ field: "solution", message: faults[fault] }] });

function answerJoin(outcome: JoinOutcome): Answer {
  switch (outcome.kind) {
    case "joined":
    case "present":
      return {
        status: outcome.kind === "joined" ? 201 : 200,
        body: { receipt: outcome.receipt, ticket: outcome.ticket },
      };
    case "unknown_sale":
      return refuseSale();
    case "no_line":
      return refuseNoLine();
    case "line_closed":
      return refuse("line_closed");
    case "join_unknown":
      return refuse("join_unknown", { retryAfterSeconds: 2 });
    case "over_limit":
      return refuseOverLimit(outcome.purchaseLimit);
    default:
      return outcome satisfies never;
  }
}
