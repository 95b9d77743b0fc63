import { takeStep } from "../../core/rehearsal/take-step.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { stepDependencies } from "../compose/rehearsals.ts";
import { readPathId } from "../request/request.ts";

export const handler = endpoint("stepRehearsal", async ({ event, body, session, requestId }) => {
  const { buyerId, role } = session;
  const rehearsalId = readPathId(event, "rehearsalId");
  const outcome = await takeStep(await stepDependencies(), rehearsalId, body, { buyerId, role, requestId });
  switch (outcome.kind) {
    case "taken":
      return { status: 200, body: outcome.rehearsal };
    case "not_found":
      return refuse("not_found", { detail: "There is no such rehearsal" });
    case "conflict":
      return refuse("conflict", { detail: outcome.why });
    default:
      return outcome satisfies never;
  }
});
