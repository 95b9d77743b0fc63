import { CODE_SECONDS } from "../../core/identity/mailbox.ts";
import { publishMetrics } from "../../core/metrics.ts";
import { requestCode } from "../../core/identity/sign-in.ts";
import { systemClock } from "../../core/clock.ts";
import { answerRateLimited } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { signInDependencies } from "../compose/sign-in-dependencies.ts";

export const handler = endpoint("requestCode", async ({ body, source }) => {
  const deps = await signInDependencies();
  const outcome = await requestCode(deps, { ...body, source }, systemClock.nowMs());
  publishMetrics();
  if (outcome.kind === "rate_limited") return answerRateLimited(outcome.retryAfterMs);
  return { status: 202, body: { challenge: outcome.challenge, expiresInSeconds: CODE_SECONDS } };
});
