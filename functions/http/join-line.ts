import { loadConfig } from "../../core/config.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { joinLine, type JoinOutcome } from "../../core/line/join.ts";
import { warn } from "../../core/log.ts";
import { type Answer, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { lines, lineStores, saleRecord } from "../compose/line.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig(["SESSION_SECRET"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

export const handler = endpoint("joinLine", async ({ event, body, session }) => {
  const saleId = readPathId(event, "saleId");
  const [{ joins }, memory] = await Promise.all([lineStores(), lines()]);
  // Nobody is put behind others before there is a reason that we could tell.
  const deps = { joins, lines: memory, saleOf: saleRecord, signer, warn, laneOf: () => 0 as const };
  return answerJoin(await joinLine(deps, { saleId, buyerId: session.buyerId, quantity: body.quantity }));
});

function answerJoin(outcome: JoinOutcome): Answer {
  switch (outcome.kind) {
    case "joined":
    case "present":
      return {
        status: outcome.kind === "joined" ? 201 : 200,
        body: { receipt: outcome.receipt, ticket: outcome.ticket },
      };
    case "unknown_sale":
      return refuse("not_found", { detail: "There is no such sale" });
    case "no_line":
      return refuse("conflict", { detail: "This sale has no line: whoever comes first buys" });
    case "line_closed":
      return refuse("line_closed");
    case "join_unknown":
      return refuse("join_unknown", { retryAfterSeconds: 2 });
    case "over_limit":
      return refuse("invalid_request", {
        errors: [{ field: "quantity", message: `must be at most ${outcome.purchaseLimit} in this sale` }],
      });
    default:
      return outcome satisfies never;
  }
}
