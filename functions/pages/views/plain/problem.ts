import type { Problem, ProblemKind } from "../../../../core/contract/problem.ts";
import { plainPath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { formatCount, formatMoment } from "../format.ts";
import { html, type Html } from "../html.ts";
import { frame } from "./frame.ts";
import { actionOf, hidden, linkButton } from "./parts.ts";
import { emailForm } from "./sign-in.ts";

/** The purchase that a form asked for, so that the very same one can be asked for again. */
export type Attempt = { readonly saleId: string; readonly quantity: number; readonly key: string };

export type PlainProblem = {
  readonly problem: Problem;
  readonly attempt?: Attempt | undefined;
  /** With a wrong quantity: how many one person may buy. */
  readonly mostUnits?: number | undefined;
};

/** Refusals after which the same request may be answered otherwise. */
const REPEATABLE: ReadonlySet<ProblemKind> = new Set([
  "not_open",
  "rate_limited",
  "paused",
  "recovering",
  "lost",
  "outcome_unknown",
  "unavailable",
  "internal",
]);

/** What was refused, why, and the next thing to do. */
export function problemPage(words: PlainWords, page: PlainProblem): string {
  const { problem, attempt } = page;
  const { available = 0 } = problem;
  const { locale, plain } = words;
  const { heading, body: sentence } = plain.problems[problem.kind];
  const sale = attempt && addressOf(words, attempt, problem.kind);
  const body = html`<section class="plain" data-state="${problem.kind}">
    <h1>${available > 0 ? plain.fewerLeft(formatCount(locale, available)) : heading}</h1>
    <p>${sentenceOf(words, sentence, available)}</p>
    ${problem.startsAt !== undefined && html`<p>${plain.opensAt(formatMoment(locale, problem.startsAt))}</p>`}
    ${problem.serverTime !== undefined && html`<p>${plain.nowIs(formatMoment(locale, problem.serverTime))}</p>`}
    ${fieldErrors(words, page)}
    ${attempt && problem.kind === "unauthenticated" && emailForm(words, { next: sale! })}
    ${attempt && REPEATABLE.has(problem.kind) && again(words, attempt, problem.retryAfterSeconds)}
    ${sale === undefined ? linkButton(plainPath(locale), plain.toList) : linkButton(sale, plain.toSale)}
  </section>`;
  return frame(words, { title: heading, body });
}

/** The sale's page; while it is open what became of the request, buying there goes on with the very same one. */
const addressOf = ({ locale }: PlainWords, { saleId, key }: Attempt, kind: ProblemKind): string => {
  const path = plainPath(locale, `/sale/${saleId}`);
  return kind === "unauthenticated" || REPEATABLE.has(kind) ? `${path}?key=${key}` : path;
};

/** Fewer than were asked for is not none. */
const sentenceOf = ({ plain }: PlainWords, sentence: string, available: number): string =>
  available > 0 ? plain.problems.invalid_request.body : sentence;

function fieldErrors({ locale, plain }: PlainWords, { problem, mostUnits }: PlainProblem): Html | null {
  const { errors = [] } = problem;
  if (errors.length === 0) return null;
  const wordsOf = (field: string) => {
    if (field === "email") return plain.fields.email;
    if (field === "code") return plain.fields.code;
    if (field === "quantity" && mostUnits !== undefined)
      return plain.fields.quantity(formatCount(locale, mostUnits));
    return plain.fields.other(field);
  };
  return html`<ul class="field-errors">
    ${errors.map(({ field }) => html`<li>${wordsOf(field)}</li>`)}
  </ul>`;
}

const again = (words: PlainWords, attempt: Attempt, waitSeconds: number | undefined): Html => {
  const { locale, plain } = words;
  return html`<form class="buy-form" method="post" action="${actionOf(words, "purchase")}">
    ${hidden({ saleId: attempt.saleId, quantity: attempt.quantity, key: attempt.key })}
    <p>
      ${waitSeconds === undefined ? plain.askAgainThen : plain.askAgainAfter(formatCount(locale, waitSeconds))}
    </p>
    <button class="button big" type="submit">${plain.askAgain}</button>
  </form>`;
};
