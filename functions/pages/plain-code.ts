import { systemClock } from "../../core/clock.ts";
import { publishMetrics } from "../../core/metrics.ts";
import { requestCode } from "../../core/identity/sign-in.ts";
import { codePage, emailPage } from "./views/plain/sign-in.ts";
import { answerRateLimited } from "../answer/answer.ts";
import { formEndpoint } from "../compose/form.ts";
import { page } from "../compose/page.ts";
import { Refused } from "../request/request.ts";
import { signInDependencies, stage } from "../compose/sign-in-dependencies.ts";

/** Where a local run keeps its mails. */
const mailbox = stage === "local" ? "/mailbox/" : undefined;

export const handler = formEndpoint(
  "plainCode",
  async ({ words, source, form: { email, next } }) => {
    const outcome = await requestCode(
      await signInDependencies(),
      { email, source, language: words.locale },
      systemClock.nowMs(),
    );
    publishMetrics();
    if (outcome.kind === "rate_limited") throw new Refused(answerRateLimited(outcome.retryAfterMs));
    return page(codePage(words, { challenge: outcome.challenge, email, next, mailbox }));
  },
  ({ words }, { errors = [], status }, { email = "", next = "" }) =>
    errors.every(({ field }) => field === "email")
      ? page(emailPage(words, { email, next, error: words.plain.fields.email }), status)
      : null,
);
