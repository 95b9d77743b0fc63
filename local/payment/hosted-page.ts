import { escapeHtml } from "../escape-html.ts";
import type { Books, Intent, Refund, Session } from "./books.ts";

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 30rem; margin: 3rem auto; padding: 0 1rem; }
  form { margin: .5rem 0; }
  button { font: inherit; width: 100%; padding: .8rem; border-radius: 10px; border: 1px solid; cursor: pointer;
    background: none; color: inherit; }
  .sum { font-size: 1.6rem; font-weight: 600; }
  .note { border: 1px solid; border-radius: 10px; padding: .6rem .9rem; }
  .small { opacity: .75; font-size: .9rem; }`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</html>`;

const choice = (id: string, name: string, words: string) =>
  `<form method="post" action="/pay/${id}/${name}"><button name="choice" value="${name}">${words}</button></form>`;

const sumOf = ({ amountTotal, currency }: Session) => money(amountTotal, currency);
const money = (minor: number, currency: string) =>
  new Intl.NumberFormat("en", { style: "currency", currency }).format(
    minor / 10 ** (fractionDigits(currency) ?? 2),
  );
const fractionDigits = (currency: string) =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;

/** Where a person decides what becomes of a payment. `note`: what came of the last choice. */
export const choicePage = (session: Session, note = ""): string =>
  page(
    "Pay here",
    `<p>${escapeHtml(session.name)}</p>
<p class="sum">${escapeHtml(sumOf(session))}</p>
${note && `<p class="note" role="alert">${escapeHtml(note)}</p>`}
${choice(session.id, "pay", "Pay")}
${choice(session.id, "decline", "Pay with a card that is declined")}
${choice(session.id, "authenticate", "Pay with a card that asks who you are")}
${choice(session.id, "uncapturable", "Pay, and have the bank refuse the money later")}
${choice(session.id, "refunds_pending", "Pay, and have the bank take its time with refunds")}
${choice(session.id, "refunds_sent_back", "Pay, and have the bank send refunds back")}
${choice(session.id, "later", "Go back without paying")}
<p class="small">A stand-in for the payment provider: no money moves, and no card is asked for.</p>`,
  );

export const authenticationPage = (session: Session): string =>
  page(
    "Is it you?",
    `<p>Your bank wants to know that you pay ${escapeHtml(sumOf(session))}.</p>
${choice(session.id, "approve", "Yes, it is me")}
${choice(session.id, "refuse", "No")}`,
  );

export const overPage = (session: Session): string =>
  page(
    session.status === "complete" ? "This is paid" : "Too late to pay",
    `<p><a href="${escapeHtml(session.cancelUrl)}">Back to the shop</a></p>`,
  );

/** The merchant's own console at the provider: what was taken, and forms to give it back behind this platform's back. */
export function consolePage(books: Books): string {
  const taken = books.all().intents.filter(({ received }) => received > 0);
  return page(
    "Payments",
    taken.length === 0
      ? "<p>Nothing was taken yet.</p>"
      : taken
          .toReversed()
          .map((intent) => payment(intent, books.refundsOf(intent.id)))
          .join("\n"),
  );
}

const payment = (intent: Intent, refunds: readonly Refund[]): string => `<section class="note">
<p>${escapeHtml(intent.metadata["order_id"] ?? intent.id)}<br>${escapeHtml(money(intent.received, intent.currency))} taken,
${escapeHtml(money(intent.refunded, intent.currency))} given back</p>
<form method="post" action="/console/payments/${intent.id}/refund">
<label>In the smallest unit <input name="amount" value="${intent.received - intent.refunded}" inputmode="numeric"></label>
<button>Give back</button>
</form>
${refunds.map((refund) => refundLine(refund, intent.currency)).join("\n")}
</section>`;

const refundLine = ({ id, amount, status }: Refund, currency: string): string =>
  `<p class="small">${escapeHtml(money(amount, currency))}: ${status ?? "succeeded"}</p>${
    status === "pending"
      ? ["succeed", "fail"]
          .map(
            (end) =>
              `<form method="post" action="/console/refunds/${id}/${end}"><button>Let it ${end}</button></form>`,
          )
          .join("")
      : ""
  }`;
