import type { GuestReason, InvitationAnswer } from "../../../../core/contract/guests.ts";
import type { SaleStatus } from "../../../../core/contract/sale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { formatMoment } from "../format.ts";
import { html, type Html } from "../html.ts";
import { actionOf, hidden } from "./parts.ts";

/** Where a signed-in buyer stands with a sale's list; unknown: nobody says. */
export type PlainGuest =
  | { readonly kind: "invited"; readonly answer: InvitationAnswer }
  | { readonly kind: "not_eligible"; readonly reason: GuestReason }
  | { readonly kind: "unknown" };

/** Whether the buyer may buy now, as far as the list says. */
export function mayBuy({ guests, phase, serverTime }: SaleStatus, guest: PlainGuest | null): boolean {
  const tier = guest?.kind === "invited" ? guest.answer.tier : null;
  if (phase === "scheduled") return tier !== null && Date.parse(tier.startsAt) <= Date.parse(serverTime);
  return phase === "open" && (guests.kind !== "listed" || guest?.kind === "invited");
}

/** Who may come, and whether this buyer may; null: everybody may. */
export function guestSection(words: PlainWords, sale: SaleStatus, guest: PlainGuest | null): Html | null {
  const { guests: of } = sale;
  if (of.kind === "everybody" || sale.phase === "ended") return null;
  const { guests, locale } = words;
  const tiers = of.tiers.map(({ name, startsAt }) => guests.tier(name, formatMoment(locale, startsAt)));
  const isCodeWanted = of.by === "codes" && guest?.kind === "not_eligible";
  return html`<section class="guests" aria-label="${guests.name}">
    <p>${[of.kind === "listed" ? guests.listed : guests.listedFirst, ...tiers].join(" ")}</p>
    <p>${guest ? statusOf(words, guest) : guests.signIn[of.by]}</p>
    ${isCodeWanted && codeForm(words, sale)}
  </section>`;
}

function statusOf({ guests, plain, locale }: PlainWords, guest: PlainGuest): string {
  if (guest.kind === "unknown") return plain.problems.unavailable.body;
  if (guest.kind === "not_eligible") return guests.reasons[guest.reason];
  const { tier } = guest.answer;
  return tier ? guests.invitedOn(tier.name, formatMoment(locale, tier.startsAt)) : guests.invited;
}

const codeForm = (words: PlainWords, { saleId }: SaleStatus): Html =>
  html`<form class="sign-in" method="post" action="${actionOf(words, "invitation")}">
    ${hidden({ saleId })}
    <label for="code">${words.guests.code}</label>
    <div class="field-row">
      <input
        id="code"
        name="code"
        required
        maxlength="100"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
      />
      <button class="button" type="submit">${words.guests.submit}</button>
    </div>
  </form>`;
