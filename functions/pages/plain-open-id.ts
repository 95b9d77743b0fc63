import * as v from "valibot";
import { systemClock } from "../../core/clock.ts";
import { anyNext } from "../../core/contract/forms.ts";
import { warn } from "../../core/log.ts";
import { plainError } from "../../core/openid/plain-error.ts";
import { FLOW_SECONDS, sealFlow } from "../../core/openid/flow.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { refuse } from "../answer/answer.ts";
import { openIdProvider, returnAddress, signer, stage } from "../compose/openid.ts";
import { pageEndpoint, refusalPage, seeOther } from "../compose/page.ts";
import { openIdCookie } from "../request/openid-cookie.ts";

/** The page of this site that the link was on: a browser says it of its own site, and the page needs no script for it. */
function pathOf(referer: string | undefined): string | undefined {
  if (referer === undefined || !URL.canParse(referer)) return undefined;
  const { pathname, search } = new URL(referer);
  return pathname + search;
}

/** Leads to the merchant's own sign-in, and keeps in a cookie what the return is checked by. */
export const handler = pageEndpoint("plainOpenId", async ({ event, words: { locale, ...words } }) => {
  const asked = v.safeParse(
    anyNext,
    event.queryStringParameters?.["next"] ?? pathOf(event.headers["referer"]),
  );
  const next = asked.success ? asked.output : plainPath(locale);
  const provider = openIdProvider();
  try {
    const { url, flow } = await provider.begin(returnAddress(event, locale), locale);
    const expiresAtMs = systemClock.nowMs() + FLOW_SECONDS * 1000;
    return seeOther(url, [openIdCookie(stage, sealFlow(signer, { ...flow, next, expiresAtMs }))]);
  } catch (error) {
    warn("the merchant's sign-in did not answer", { error: plainError(error) });
    return refusalPage({ locale, ...words }, refuse("unavailable", { retryAfterSeconds: 2 }));
  }
});
