import { admitJoin, type JoinAdmission } from "../../core/bots/admit-join.ts";
import { systemClock } from "../../core/clock.ts";
import { joinLine, type JoinOutcome } from "../../core/line/join.ts";
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
  const solved = body.solution ?? null;
  const admit = (list: number) =>
    admitJoin(bots, { saleId, buyerId, address: source, list, solved }, systemClock.nowMs());
  const deps = { joins, lines: memory, saleOf: saleRecord, stockOf, signer, warn, admit };
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

type WrongSolution = Extract<JoinAdmission, { kind: "wrong_solution" }>;
const answerWrong = ({ fault }: WrongSolution): Answer =>
  refuse("invalid_request", { errors: [{ field: "solution", message: faults[fault] }] });

function answerJoin(outcome: JoinOutcome | WrongSolution): Answer {
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
    case "wrong_solution":
      return answerWrong(outcome);
    case "over_limit":
      return refuseOverLimit(outcome.purchaseLimit);
    default:
      return outcome satisfies never;
  }
}
