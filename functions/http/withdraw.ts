import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { withdraw } from "../../core/wishes/withdraw.ts";
import { answerWithdrawal } from "../answer/answer-withdrawal.ts";
import { endpoint } from "../compose/endpoint.ts";
import { withdrawDependencies, withdrawVariables } from "../compose/withdrawal.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig([...withdrawVariables, "SESSION_SECRET"]);

export const handler = endpoint("withdraw", async ({ event, body, session, idempotencyKey, requestId }) => {
  const { buyerId } = session;
  const request = {
    orderId: readPathId(event, "orderId"),
    buyerId,
    units: body.units ?? null,
    idempotencyKey,
    requestId,
    nowMs: systemClock.nowMs(),
  };
  return answerWithdrawal(await withdraw(await withdrawDependencies(config), request));
});
