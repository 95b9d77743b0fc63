import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { withdraw } from "../../core/wishes/withdraw.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { answerWithdrawal } from "../answer/answer-withdrawal.ts";
import { formEndpoint } from "../compose/form.ts";
import { page, refusalPage, seeOther } from "../compose/page.ts";
import { withdrawDependencies, withdrawVariables } from "../compose/withdrawal.ts";
import { readSession } from "../request/read-session.ts";
import { emailPage } from "./views/plain/sign-in.ts";

const config = loadConfig([...withdrawVariables, "SESSION_SECRET"]);

/** The order's page says that it was received, and what came of it. */
export const handler = formEndpoint("plainWithdrawal", async ({ event, words, form, requestId }) => {
  const { orderId, units, key } = form;
  const session = await readSession(event);
  if (!session)
    return page(emailPage(words, { next: plainPath(words.locale, `/order/${orderId}/withdraw`) }), 401);
  const outcome = await withdraw(await withdrawDependencies(config), {
    orderId,
    buyerId: session.buyerId,
    units,
    idempotencyKey: key,
    requestId,
    nowMs: systemClock.nowMs(),
  });
  if (outcome.kind === "received") return seeOther(plainPath(words.locale, `/order/${orderId}`));
  const { problem } = answerWithdrawal(outcome);
  if (!problem) throw new Error(`a withdrawal was ${outcome.kind}`);
  return refusalPage(words, { status: problem.status, problem });
});
