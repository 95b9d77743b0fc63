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
  switch (outcome.kind) {
    case "started":
      return { status: 202, body: outcome.rehearsal };
    case "key_reused":
      return refuse("key_reused");
    case "takes_real_money":
      return refuse("conflict", {
        detail:
          "This stage takes real money: its payment key is not of the provider's test mode. A sale that is paid for is rehearsed on a stage with a test key",
      });
    default:
      return outcome satisfies never;
  }
});
