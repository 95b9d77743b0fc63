import { systemClock } from "../../core/clock.ts";
import { signIn } from "../../core/identity/sign-in.ts";
import { problems } from "../../core/contract/problem.ts";
import { codePage } from "./views/plain/sign-in.ts";
import { formEndpoint } from "../compose/form.ts";
import { page, seeOther } from "../compose/page.ts";
import { beginSession } from "../request/begin-session.ts";
import { signInDependencies } from "../compose/sign-in-dependencies.ts";

export const handler = formEndpoint(
  "plainSession",
  async ({ event, words, form }) => {
    const session = await signIn(await signInDependencies(), form, systemClock.nowMs());
    if (session) return seeOther(form.next, await beginSession(event, session));
    const { status } = problems.unauthenticated;
    return page(codePage(words, { ...form, error: words.plain.codeWrong }), status);
  },
  ({ words }, { errors = [], status }, { challenge = "", email = "", next = "" }) =>
    errors.every(({ field }) => field === "code")
      ? page(codePage(words, { challenge, email, next, error: words.plain.fields.code }), status)
      : null,
);
