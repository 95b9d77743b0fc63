import { takeStep } from "../../core/rehearsal/take-step.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { stepDependencies } from "../compose/rehearsals.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("stepRehearsal", async ({ event, body, session, requestId }) => {
  const rehearsalId = readPathId(event, "rehearsalId");
  // Whoever may say what a crowd was told says how the rehearsal ends: no role of the staff is enough.
  if (session.rehearsalId !== rehearsalId) return refuse("forbidden");
  const outcome = await takeStep(await stepDependencies(), rehearsalId, body, requestId);
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
