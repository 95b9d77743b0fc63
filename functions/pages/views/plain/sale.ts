import { unitsOf, unitsTakenBack } from "../../../../core/contract/order-state.ts";
import { lineLooks } from "../../../../web/texts/line-looks.ts";
import { plainPath, salePath } from "../../../../web/texts/locale.ts";
import type { OrderView } from "../../../../core/contract/order.ts";
import type { ReminderAnswer } from "../../../../core/contract/reminder.ts";
import type { SaleStatus } from "../../../../core/contract/sale.ts";
import { inLanguage } from "../../../../core/contract/translations.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { withdrawalTerms } from "../../../../web/texts/withdrawal-terms.ts";
import { formatCount, formatMoment, formatPrice } from "../format.ts";
import { html, type Html } from "../html.ts";
import { pictureOf } from "../picture.ts";
import { frame } from "./frame.ts";
import { actionOf, chip, facts, hidden, linkButton, signedIn, unitsText } from "./parts.ts";
import { lineChecks, lineSection } from "./line.ts";
import { refreshOf } from "./line-refresh.ts";
import { type LineState, lineState, type PlainLine } from "./line-state.ts";
import { guestSection, mayBuy, type PlainGuest } from "./guests.ts";
import { emailForm } from "./sign-in.ts";

type SignedIn = {
  readonly orders: readonly OrderView[] | null;
  /** The masked address; undefined: of a session that does not say. */
  readonly signedInAs?: string | undefined;
};

export type PlainSale = {
  readonly sale: SaleStatus;
  /** Null: nobody is signed in. Orders are null while they cannot be read: unknown, not none. */
  readonly buyer: SignedIn | null;
  /** Null: the sale has none. */
  readonly line: PlainLine | null;
  /** Of a sale that is not open yet, and a buyer who is signed in; null: nothing can be asked for. */
  readonly reminder: ReminderAnswer | null;
  /** Null: nobody is signed in, or everybody may come. */
  readonly guest: PlainGuest | null;
  readonly siteUrl: string;
  /** The idempotency key of this page's form. */
  readonly key: string;
  /** This very page, with the key if it was given one. */
  readonly address: string;
};

/** Most choices offered in the quantity list. */
const LONGEST_QUANTITY_LIST = 10;

/** A sale as it is at this moment, and the next thing to do: sign in, or buy. */
export function plainSalePage(words: PlainWords, page: PlainSale): string {
  const { buyer, address } = page;
  const { locale, pages, plain, faces } = words;
  const sale = inLanguage(page.sale, locale);
  const { heading, body: sentence } = plain.phases[sale.phase];
  const line = lineToShow(page);
  const body = html`<article class="plain">
    ${sale.picture && pictureOf(sale.picture)}
    ${chip(line ? faceOf(words, lineState(line)) : faces[sale.phase])}
    <h1>${sale.name}</h1>
    <p class="price">${formatPrice(locale, sale.priceMinor, sale.currency)}</p>
    ${
      line
        ? lineSection(words, sale, line, { isSignedIn: buyer !== null, invitation: invitationOf(page) })
        : html`<h2>${heading}</h2>
            <p>${sentence}</p>`
    }
    ${sale.phase === "scheduled" && opening(words, sale)} ${guestSection(words, page.sale, page.guest)}
    ${sale.stock && sale.phase === "open" && html`<p>${plain.stock(formatCount(locale, sale.stock.available), formatCount(locale, sale.stock.allocated))}</p>`}
    ${sale.stock && sale.phase === "sold_out" && sale.stock.held > 0 && html`<p>${plain.mayReturn(formatCount(locale, sale.stock.held))}</p>`}
    ${buyer && orders(words, buyer.orders)}
    ${buyer && mayBuy(page.sale, page.guest) && isTurn(page.line) && buyForm(words, page)}
    ${line && lineChecks(words, line, page.siteUrl)}
    ${
      !buyer &&
      html`${emailForm(words, { next: address })}
        <p class="hint">${plain.signedOutHint}</p>`
    }
    ${sale.phase === "scheduled" && linkButton(plainPath(locale, `/calendar/${sale.saleId}`), pages.sale.calendar)}
    ${page.reminder && reminderForm(words, sale, page.reminder)}
    <p><a class="button quiet" href="${address}">${plain.lookAgain}</a></p>
    ${sale.description !== "" && html`<p class="description">${sale.description}</p>`}
    ${facts([
      [pages.sale.opens, formatMoment(locale, sale.startsAt)],
      [pages.sale.ends, sale.endsAt && formatMoment(locale, sale.endsAt)],
      [pages.sale.limit, pages.share.perBuyer(sale.purchaseLimit)],
      [
        words.withdrawal.name,
        withdrawalTerms(words.withdrawal, sale.withdrawal, (days) => formatCount(locale, days)),
      ],
    ])}
    ${buyer && signedIn(words, address, buyer.signedInAs)}
    <p><a href="${plainPath(locale)}">${plain.toList}</a></p>
    <p><a href="${salePath(locale, sale.saleId)}">${plain.withScript}</a></p>
  </article>`;
  const refreshSeconds = line && refreshOf(sale, line)?.seconds;
  return frame(words, {
    title: sale.name,
    body,
    path: `/sale/${sale.saleId}`,
    ...(refreshSeconds && { refreshSeconds }),
  });
}

const faceOf = ({ line }: PlainWords, state: LineState) => ({ ...line.faces[state], ...lineLooks[state] });

/** Null: the sale has none, is over, or this buyer has all that their turn was for. */
function lineToShow({ sale, line, buyer }: PlainSale): PlainLine | null {
  if (!line || sale.phase === "ended") return null;
  const most = line.entry?.receipt.quantity ?? Infinity;
  return unitsOf(buyer?.orders ?? []) >= most ? null : line;
}

/** Whether the buyer may buy now, as far as the line says. */
const isTurn = (line: PlainLine | null): boolean => line === null || line.entry?.state === "turn";

const invitationOf = ({ guest }: PlainSale): string | null =>
  guest?.kind === "invited" ? guest.answer.invitation : null;

const opening = ({ locale, plain }: PlainWords, { startsAt, serverTime }: SaleStatus): Html =>
  html`<p>
    ${plain.opensAt(formatMoment(locale, startsAt))} ${plain.nowIs(formatMoment(locale, serverTime))}
  </p>`;

/** Asks for a mail before the sale opens, and says what is sent; or takes that back. */
function reminderForm(
  words: PlainWords,
  { saleId }: SaleStatus,
  { isAsked, at }: ReminderAnswer,
): Html | null {
  const { plain, locale } = words;
  if (!isAsked && at === null) return null;
  return html`<form method="post" action="${actionOf(words, "remind")}">
    ${hidden({ saleId, isWanted: isAsked ? "no" : "yes" })} ${isAsked && html`<p>${plain.reminder.asked}</p>`}
    <button class="${isAsked ? "link-button" : "button quiet"}" type="submit">
      ${isAsked ? plain.reminder.stop : plain.reminder.ask}
    </button>
    ${!isAsked && at !== null && html`<p class="hint">${plain.reminder.what(formatMoment(locale, at))}</p>`}
  </form>`;
}

function orders(words: PlainWords, known: readonly OrderView[] | null): Html | null {
  const { locale, plain, faces } = words;
  if (known === null) return html`<p class="notice">${plain.ordersUnknown}</p>`;
  if (known.length === 0) return null;
  return html`<h2>${plain.yourOrders}</h2>
    <ul class="plain-list">
      ${known.map(
        (order) =>
          html`<li>
            ${chip(faces[order.state])}
            <a href="${plainPath(locale, `/order/${order.orderId}`)}">${order.orderId}</a>
            ${unitsTakenBack(order) > 0 && unitsText(words, order)}
          </li>`,
      )}
    </ul>`;
}

/** Null to a buyer who has as many as one person may buy. Where the orders are unknown, the gate will say. */
function buyForm(words: PlainWords, page: PlainSale): Html | null {
  const { sale, buyer, key, line } = page;
  const invitation = invitationOf(page);
  const { locale, pages, plain } = words;
  const price = formatPrice(locale, sale.priceMinor, sale.currency);
  const entry = line?.entry;
  const limit = Math.min(sale.purchaseLimit, entry?.receipt.quantity ?? Infinity);
  const most = Math.min(limit - unitsOf(buyer?.orders ?? []), LONGEST_QUANTITY_LIST);
  if (most < 1) return null;
  const choices = Array.from({ length: most }, (_, index) => index + 1);
  return html`<form class="buy-form" method="post" action="${actionOf(words, "purchase")}">
    ${hidden({ saleId: sale.saleId, key, ...(entry && { ticket: entry.ticket }), ...(invitation !== null && { invitation }) })}
    ${
      most === 1
        ? hidden({ quantity: 1 })
        : html`<label
            >${pages.sale.quantity}
            <select name="quantity">
              ${choices.map((quantity) => html`<option value="${quantity}">${formatCount(locale, quantity)}</option>`)}
            </select>
          </label>`
    }
    <button class="button big" type="submit">
      ${most === 1 ? plain.buyFor(price) : plain.buyEach(price)}
    </button>
  </form>`;
}
