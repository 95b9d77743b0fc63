import type { Problem, ProblemKind } from "../../../../core/contract/problem.ts";
import { plainPath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import type { Said } from "../../../answer/answer.ts";
import { formatCount, formatMoment } from "../format.ts";
import { html, type Html } from "../html.ts";
import { frame } from "./frame.ts";
import { actionOf, hidden, linkButton } from "./parts.ts";
import { emailForm } from "./sign-in.ts";

/** The purchase that a form asked for, so that the very same one can be asked for again. */
export type Attempt = {
  readonly saleId: string;
  readonly quantity: number;
  readonly key: string;
  /** Of the buyer's turn: the purchase is asked for again as it was. */
  readonly ticket?: string | undefined;
  readonly invitation?: string | undefined;
};

/** What a form asked of a sale's line; quantity absent: to leave it. */
export type LineAttempt = {
  readonly saleId: string;
  readonly quantity?: number;
  readonly invitation?: string | undefined;
};

export type PlainProblem = {
  readonly problem: Problem;
  /** What it is said as, where its kind alone would say something else. */
  readonly said?: Said | undefined;
  readonly attempt?: Attempt | undefined;
  readonly line?: LineAttempt | undefined;
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
  "join_unknown",
  "unavailable",
  "internal",
]);

/** What was refused, why, and the next thing to do. */
export function problemPage(words: PlainWords, page: PlainProblem): string {
  const { problem, said, attempt, line } = page;
  const { available = 0, held = 0 } = problem;
  const { locale, plain } = words;
  const { heading, body: sentence } = said ? plain.said[said] : plain.problems[problem.kind];
  const sale = attempt
    ? addressOf(words, attempt, problem.kind)
    : line && plainPath(locale, `/sale/${line.saleId}`);
  const repeated = REPEATABLE.has(problem.kind) ? formsAgain(attempt, line) : null;
  const body = html`<section class="plain" data-state="${problem.kind}">
    <h1>${available > 0 ? plain.fewerLeft(formatCount(locale, available)) : heading}</h1>
    <p>${sentenceOf(words, sentence, available)}</p>
    ${held > 0 && html`<p>${plain.mayReturn(formatCount(locale, held))}</p>`}
    ${problem.guest && html`<p>${words.guests.reasons[problem.guest.reason]}</p>`}
    ${problem.startsAt !== undefined && html`<p>${plain.opensAt(formatMoment(locale, problem.startsAt))}</p>`}
    ${problem.serverTime !== undefined && html`<p>${plain.nowIs(formatMoment(locale, problem.serverTime))}</p>`}
    ${fieldErrors(words, page)}
    ${sale !== undefined && problem.kind === "unauthenticated" && emailForm(words, { next: sale })}
    ${repeated && again(words, repeated, problem.retryAfterSeconds)}
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

type Again = { readonly action: string; readonly fields: Readonly<Record<string, string | number>> };

/** The very same request once more; null: there was none, or leaving, which is a button of the sale's page. */
function formsAgain(attempt: Attempt | undefined, line: LineAttempt | undefined): Again | null {
  if (attempt) {
    const { saleId, quantity, key, ticket, invitation } = attempt;
    return {
      action: "purchase",
      fields: {
        saleId,
        quantity,
        key,
        ...(ticket !== undefined && { ticket }),
        ...(invitation !== undefined && { invitation }),
      },
    };
  }
  if (line?.quantity === undefined) return null;
  const { saleId, quantity, invitation } = line;
  return { action: "join", fields: { saleId, quantity, ...(invitation !== undefined && { invitation }) } };
}

const again = (words: PlainWords, { action, fields }: Again, waitSeconds: number | undefined): Html => {
  const { locale, plain } = words;
  return html`<form class="buy-form" method="post" action="${actionOf(words, action)}">
    ${hidden(fields)}
    ${
      action === "purchase" &&
      html`<p>
        ${waitSeconds === undefined ? plain.askAgainThen : plain.askAgainAfter(formatCount(locale, waitSeconds))}
      </p>`
    }
    <button class="button big" type="submit">${plain.askAgain}</button>
  </form>`;
};
