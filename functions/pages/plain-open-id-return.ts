import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { systemClock } from "../../core/clock.ts";
import { warn } from "../../core/log.ts";
import { openFlow } from "../../core/openid/flow.ts";
import { plainError } from "../../core/openid/plain-error.ts";
import type { ReturnOutcome } from "../../core/openid/provider.http.ts";
import type { PlainWords } from "../../web/texts/plain.ts";
import { type Answer, answerRateLimited, refuse } from "../answer/answer.ts";
import { admitReturn, signInAs } from "../compose/openid-session.ts";
import { openIdProvider, returnAddress, signer, stage } from "../compose/openid.ts";
import { page, pageEndpoint, refusalPage } from "../compose/page.ts";
import { openIdCookie, readOpenIdCookie } from "../request/openid-cookie.ts";
import { Refused } from "../request/request.ts";
import { beginSession } from "../request/begin-session.ts";
import { openIdFailedPage, openIdPage } from "./views/plain/openid.ts";

/**
 * Where the merchant's sign-in leads back to. The page goes on by itself rather than by a redirect: a browser that was led here
 * by another site sends the new session only with what a page of this one asks for.
 */
export const handler = pageEndpoint("plainOpenIdReturn", async ({ event, words, source }) => {
  const provider = openIdProvider();
  const flow = openFlow(signer, readOpenIdCookie(event, stage), systemClock.nowMs());
  if (!flow) return failed(words, "openid_again", "/");
  const admission = await admitReturn(flow, source);
  if (admission.kind === "used") return failed(words, "openid_again", flow.next);
  if (admission.kind === "rate_limited") return refusalPage(words, answerRateLimited(admission.retryAfterMs));
  const back = new URL(returnAddress(event, words.locale));
  back.search = event.rawQueryString;
  const outcome = await finish(provider, back, flow, { event, takeBack: admission.takeBack });
  if (outcome.kind === "no_email") return failed(words, "openid_no_email", flow.next);
  if (outcome.kind === "refused") {
    warn("a sign-in at the merchant's was refused", { error: outcome.error });
    return failed(words, "openid_again", flow.next);
  }
  const session = await signInAs(outcome.email, words.locale);
  const answer = page(openIdPage(words, flow.next));
  const cookies = [...(await beginSession(event, session)), openIdCookie(stage, "")];
  return { ...answer, cookies };
});

/** @throws Refused when the provider does not answer: nobody is told that they were refused then. */
async function finish(
  provider: ReturnType<typeof openIdProvider>,
  back: URL,
  flow: Parameters<typeof provider.finish>[1],
  {
    event: {
      requestContext: { requestId },
    },
    takeBack,
  }: { readonly event: APIGatewayProxyEventV2; readonly takeBack: () => Promise<void> },
): Promise<ReturnOutcome> {
  try {
    return await provider.finish(back, flow);
  } catch (error) {
    warn("the merchant's sign-in did not answer", { requestId, error: plainError(error) });
    await takeBack();
    throw new Refused(refuse("unavailable", { retryAfterSeconds: 2 }));
  }
}

/** A flow is for one return, whatever came of it. */
const failed = (words: PlainWords, why: "openid_again" | "openid_no_email", next: string): Answer => ({
  ...page(openIdFailedPage(words, why, next), 401),
  cookies: [openIdCookie(stage, "")],
});
