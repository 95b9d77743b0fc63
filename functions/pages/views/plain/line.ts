import type { LineView } from "../../../../core/contract/line.ts";
import type { SaleStatus } from "../../../../core/contract/sale.ts";
import { salePath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { formatCount, formatMoment } from "../format.ts";
import { html, type Html } from "../html.ts";
import { lineReceipt } from "./line-receipt.ts";
import { refreshOf } from "./line-refresh.ts";
import { isBeforeTurn, isForReturns, type LineState, lineState, type PlainLine } from "./line-state.ts";
import { actionOf, facts, hidden } from "./parts.ts";

const LONGEST_QUANTITY_LIST = 10;

type Words = PlainWords["line"];

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
  const refresh = refreshOf(sale, line);
  return html`<h2>${words.line.faces[state].heading}</h2>
    <p>${sentenceOf(words, line, state)} ${turnAdvice(words, sale, state)}</p>
    ${laneSentence(words, line, state)}
    ${view.pace?.message && html`<p class="notice">${view.pace.message}</p>`}
    ${entry && facts(factsOf(words, line, state))} ${mayJoin && joinForm(words, sale, view, buyer.invitation)}
    ${mayLeave && leaveForm(words, sale)}
    ${refresh && html`<p class="hint">${words.plain.lineRefreshes[refresh.how]}</p>`} `;
}

/** How to check the line; below the button to buy, for which nobody in their turn should have to scroll. */
export const lineChecks = (words: PlainWords, line: PlainLine, siteUrl: string): Html =>
  html`${line.entry && lineReceipt(words, line, line.entry.receipt, siteUrl)}
    <p><a href="${salePath(words.locale, line.view.saleId)}/proof">${words.pages.line.proof}</a></p>`;

function sentenceOf(
  { locale, line: words, plain }: PlainWords,
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
      return `${body} ${waitAdvice(words, entry) || plain.waitDependsOn(words.why[entry?.estimate?.why ?? "pace"])}`;
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

/** What keeps a turn from being used just now; empty: nothing. */
function turnAdvice(
  { locale, line: words }: PlainWords,
  { phase, stock }: SaleStatus,
  state: LineState,
): string {
  if (state !== "line_turn" && state !== "line_won") return "";
  if (phase === "paused" || phase === "recovering") return words.heldBySale;
  return phase === "sold_out" ? words.soldOutInTurn(formatCount(locale, stock?.held ?? 0)) : "";
}

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
  const { mode, pace } = view;
  // A draw has none, and units that come back set their own.
  const paceText =
    mode !== "waiting_room" || !isMoving || !pace
      ? null
      : pace.isPaused
        ? words.paused
        : words.perSecond(formatCount(locale, pace.admissionsPerSecond));
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
    [names.pace, paceText],
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
