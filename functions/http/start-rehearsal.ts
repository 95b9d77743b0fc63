import { systemClock } from "../../core/clock.ts";
import { startRehearsal } from "../../core/rehearsal/start-rehearsal.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { startDependencies } from "../compose/rehearsals.ts";

export const handler = endpoint("startRehearsal", async ({ body, session, idempotencyKey, requestId }) => {
  const { buyerId, role } = session;
  const outcome = await startRehearsal(
    await startDependencies(),
    body,
    `${buyerId}:${idempotencyKey}`,
    { buyerId, role, requestId },
    systemClock.nowMs(),
  );
  return outcome.kind === "key_reused" ? refuse("key_reused") : { status: 202, body: outcome.rehearsal };
});
