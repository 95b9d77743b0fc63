import type { LineView } from "../../../../core/contract/line.ts";
import type { SaleStatus } from "../../../../core/contract/sale.ts";
import type { FoundEntry } from "../../../../core/line/buyer-entries.ts";
import { salePath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { formatCount, formatMoment } from "../format.ts";
import { html, type Html } from "../html.ts";
import { actionOf, facts, hidden } from "./parts.ts";

export type PlainLine = {
  readonly view: LineView;
  /** Null: nobody is signed in, or they have none. */
  readonly entry: (FoundEntry & { readonly ticket: string; readonly turnTo: string | null }) | null;
};

/** So soon a page asks again by itself; one in its turn stays, since somebody is choosing there. */
const REFRESH_SECONDS = 10;
const LONGEST_QUANTITY_LIST = 10;

type Words = PlainWords["line"];
type LineState = keyof Words["faces"];

/** Who joins now waits for what comes back: nothing else is left. */
const isForReturns = ({ mode, stock }: LineView): boolean =>
  mode !== "draw" && stock?.available === 0 && stock.held > 0;

/** What a page says of a line: the same states as the page with script. */
export function lineState({ view, entry }: PlainLine): LineState {
  if (view.end !== null) return view.end === "sold_out" ? "line_sold_out" : "line_over";
  if (!entry)
    return view.openList === null ? "line_closed" : isForReturns(view) ? "line_returns" : "line_join";
  switch (entry.state) {
    case "joined":
      return view.lists.find(({ list }) => list === entry.receipt.list)?.isLate ? "line_late" : "line_joined";
    case "waiting":
      if (entry.step) return "line_soon";
      return view.mode === "draw" ? "line_drawn" : "line_waiting";
    case "turn":
      return view.mode === "draw" ? "line_won" : "line_turn";
    case "lapsed":
    case "passed_over":
    case "withdrawn":
    case "over":
      return `line_${entry.state}`;
    default:
      return entry.state satisfies never;
  }
}

/** Undefined: the page stays as it is until somebody looks again. */
export const refreshOf = (line: PlainLine): number | undefined =>
  ["line_joined", "line_late", "line_waiting", "line_drawn", "line_soon", "line_sold_out"].includes(
    lineState(line),
  )
    ? REFRESH_SECONDS
    : undefined;

/** Who looks: signed in or not, and their invitation where the sale goes by a list. */
export type LineBuyer = { readonly isSignedIn: boolean; readonly invitation: string | null };

/** The heading and sentence of a place, what there is to know of it, and the forms to join and leave. */
export function lineSection(words: PlainWords, sale: SaleStatus, line: PlainLine, buyer: LineBuyer): Html {
  const state = lineState(line);
  const { view, entry } = line;
  const isInvited = sale.guests.kind !== "listed" || buyer.invitation !== null;
  const mayJoin =
    buyer.isSignedIn &&
    isInvited &&
    view.openList !== null &&
    (!entry ||
      ((state === "line_lapsed" || state === "line_withdrawn") && view.openList > entry.receipt.list));
  const mayLeave = isBeforeTurn(state);
  return html`<h2>${words.line.faces[state].heading}</h2>
    <p>${sentenceOf(words, line, state)}</p>
    ${laneSentence(words, line, state)}
    ${view.pace?.message && html`<p class="notice">${view.pace.message}</p>`}
    ${entry && facts(factsOf(words, line, state))} ${mayJoin && joinForm(words, sale, view, buyer.invitation)}
    ${mayLeave && leaveForm(words, sale)}
    ${refreshOf(line) !== undefined && html`<p class="hint">${words.plain.lineRefreshes}</p>`}
    <p><a href="${salePath(words.locale, sale.saleId)}/proof">${words.pages.line.proof}</a></p>`;
}

function sentenceOf(
  { locale, line: words }: PlainWords,
  { view, entry }: PlainLine,
  state: LineState,
): string {
  const moment = (iso: string) => formatMoment(locale, iso);
  const minutes = formatCount(locale, Math.round(view.turnSeconds / 60));
  const { body } = words.faces[state];
  switch (state) {
    case "line_returns":
      return words.joinReturns(formatCount(locale, view.stock?.held ?? 0), minutes);
    case "line_turn":
      return view.mode === "returns" ? words.turnReturned : body;
    case "line_join":
      if (view.openList !== 0) return words.joinNext(formatCount(locale, view.listSeconds));
      return view.resultAt
        ? words.joinDraw(moment(view.closesAt), moment(view.resultAt))
        : words.joinFirst(moment(view.closesAt));
    case "line_joined": {
      const roundAt = view.lists.find(({ list }) => list === entry?.receipt.list)?.roundAt;
      if (roundAt) return `${body} ${words.drawnAt(moment(roundAt))}`;
      return entry?.receipt.list === 0 && view.openList === 0
        ? `${body} ${words.closesAt(moment(view.closesAt))}`
        : body;
    }
    case "line_closed":
      if (view.isClosed) return words.closedByShop;
      return view.mode === "returns" ? words.allPaid(null) : body;
    case "line_waiting":
      return `${body} ${waitAdvice(words, entry)}`;
    case "line_drawn": {
      const toMs = entry?.estimate?.toMs ?? null;
      const isAhead = toMs !== null && toMs > Date.parse(view.serverTime);
      const opens = isAhead ? moment(new Date(toMs).toISOString()) : null;
      return `${words.drawn(opens)} ${waitAdvice(words, entry)}`;
    }
    case "line_sold_out":
      return view.mode === "returns" ? words.allPaid(fateOf(entry)) : words.allSold(fateOf(entry));
    case "line_over":
      return words.endedByUs(fateOf(entry));
    default:
      return body;
  }
}

/** What became of an entry by the end of its line; null: there is none. */
function fateOf(entry: PlainLine["entry"]): Parameters<Words["allSold"]>[0] {
  switch (entry?.state) {
    case undefined:
      return null;
    case "turn":
    case "lapsed":
      return "had_turn";
    case "withdrawn":
      return "withdrawn";
    default:
      return "never_came";
  }
}

/** What is to be said of how long it takes; empty: nothing. */
function waitAdvice(words: Words, entry: PlainLine["entry"]): string {
  const { why, toMs } = entry?.estimate ?? { why: "pace", toMs: 0 };
  return toMs === null ? words.nobodyKnows(words.why[why]) : "";
}

/** An entry stands in the line, and the line has not come to it. */
const isBeforeTurn = (state: LineState): boolean =>
  ["line_joined", "line_late", "line_waiting", "line_drawn"].includes(state);

/** Null: the entry stands where everybody's does, or the line has come to it. */
function laneSentence(
  { line: words }: PlainWords,
  { view, entry }: PlainLine,
  state: LineState,
): Html | null {
  if (!entry || !isBeforeTurn(state)) return null;
  if (entry.isUndone) return html`<p>${words.laneUndone}</p>`;
  if (entry.receipt.lane === 0) return null;
  return html`<p>${view.openList === entry.receipt.list ? words.checkedLaterOpen : words.checkedLater}</p>`;
}

function factsOf(
  { locale, line: words, plain, pages }: PlainWords,
  { view, entry }: PlainLine,
  state: LineState,
) {
  const names = pages.line.facts;
  const moment = (ms: number) => formatMoment(locale, new Date(ms).toISOString());
  const { estimate, receipt, rank, turnTo } = entry!;
  const isMoving = ["line_waiting", "line_drawn", "line_turn", "line_soon"].includes(state);
  // Who is only drawn may get no turn at all.
  const wait =
    state === "line_waiting" && estimate?.fromMs && estimate.toMs
      ? words.waits(moment(estimate.fromMs), moment(estimate.toMs))
      : null;
  const left =
    isMoving && view.stock
      ? words.left(formatCount(locale, view.stock.available), formatCount(locale, view.stock.held))
      : null;
  return [
    [names.ahead, estimate && formatCount(locale, estimate.ahead)],
    [plain.turnBegins, wait],
    [
      names.turn,
      state === "line_turn" || state === "line_won"
        ? turnTo && words.turnUntil(moment(Date.parse(turnTo)))
        : null,
    ],
    [names.left, left],
    [names.list, words.list(formatCount(locale, receipt.list), receipt.lane === 1)],
    [names.lot, rank && `${rank.slice(11, 23)}…`],
  ] as const;
}

function joinForm(
  words: PlainWords,
  { saleId }: SaleStatus,
  view: LineView,
  invitation: string | null,
): Html {
  const { purchaseLimit } = view;
  const { locale, pages } = words;
  const choices = Array.from({ length: Math.min(purchaseLimit, LONGEST_QUANTITY_LIST) }, (_, i) => i + 1);
  return html`<form class="buy-form" method="post" action="${actionOf(words, "join")}">
      ${hidden({ saleId, ...(invitation !== null && { invitation }) })}
      ${
        choices.length === 1
          ? hidden({ quantity: 1 })
          : html`<label
              >${pages.line.quantity}
              <select name="quantity">
                ${choices.map((quantity) => html`<option value="${quantity}">${formatCount(locale, quantity)}</option>`)}
              </select>
            </label>`
      }
      <button class="button big" type="submit">
        ${isForReturns(view) ? words.line.tellMe : pages.line.join}
      </button>
    </form>
    <p class="hint">${words.plain.lineSlower}</p>`;
}

const leaveForm = (words: PlainWords, { saleId }: SaleStatus): Html =>
  html`<form method="post" action="${actionOf(words, "leave")}">
    ${hidden({ saleId })}
    <button class="link-button" type="submit">${words.pages.line.leave}</button>
  </form>`;
