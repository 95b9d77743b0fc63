import { systemClock } from "../../core/clock.ts";
import { issueSession, SESSION_SECONDS } from "../../core/identity/session.ts";
import { signIn } from "../../core/identity/sign-in.ts";
import { problems } from "../../core/contract/problem.ts";
import { codePage } from "./views/plain/sign-in.ts";
import { formEndpoint } from "../compose/form.ts";
import { page, seeOther } from "../compose/page.ts";
import { sessionCookie } from "../request/session-cookie.ts";
import { signer, signInDependencies, stage } from "../compose/sign-in-dependencies.ts";

export const handler = formEndpoint(
  "plainSession",
  async ({ words, form }) => {
    const session = await signIn(await signInDependencies(), form, systemClock.nowMs());
    if (session)
      return seeOther(form.next, [sessionCookie(stage, issueSession(signer, session), SESSION_SECONDS)]);
    const { status } = problems.unauthenticated;
    return page(codePage(words, { ...form, error: words.plain.codeWrong }), status);
  },
  ({ words }, { errors = [], status }, { challenge = "", email = "", next = "" }) =>
    errors.every(({ field }) => field === "code")
      ? page(codePage(words, { challenge, email, next, error: words.plain.fields.code }), status)
      : null,
);
