import { guestTexts as texts } from "../../../texts/guests.ts";
import type { BuyerId, GuestReason, InvitationAnswer, Problem, SaleId, SaleStatus } from "../api/contract.ts";
import { request } from "../api/request.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment } from "../page/format.ts";
import type { Knowledge } from "../sale/sale-face.ts";
import type { PurchaseState } from "../purchase/purchase-state.ts";
import { asGuest, tierNow } from "./as-guest.ts";
import { invitations } from "./invitation-store.ts";

/** A sale's list on its page; loaded only for a sale that has one. */
export type SaleGuests = {
  follow: (buyerId: BuyerId | null) => void;
  invitation: () => string | null;
  /** The sale as this buyer sees it. */
  seen: (sale: SaleStatus) => SaleStatus;
  show: (sale: SaleStatus, known: Knowledge) => void;
};

type Surroundings = {
  readonly saleId: SaleId;
  readonly root: HTMLElement;
  readonly onSignedOut: () => void;
  readonly onChange: () => void;
};

/** Nobody is in a hurry: a crowd that comes to the page at once does not ask at once. */
const SPREAD_MS = 1_000;
/** Without an answer it is asked again, ever more slowly. */
const waitMs = (tries: number) => Math.min(1_000 * 2 ** tries, 15_000) * (0.5 + Math.random());
const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function createSaleGuests({ saleId, root, onSignedOut, onChange }: Surroundings): SaleGuests {
  const form = part<HTMLFormElement>(root, "guests-form");
  const field = part<HTMLInputElement>(form, "guests-code");
  const error = part(form, "guests-error");
  let buyerId: BuyerId | null = null;
  let answer: InvitationAnswer | null = null;
  let reason: GuestReason | null = null;
  /** The refusal after which the invitation was asked for anew. */
  let renewedAfter: unknown = null;
  /** Counts who is followed, and what was asked: an older answer is no longer wanted. */
  let questions = 0;

  /** Asks until it is known. */
  async function ask(code: string | null): Promise<void> {
    const question = (questions += 1);
    const me = buyerId;
    if (code === null) await after(Math.random() * SPREAD_MS);
    if (me && question === questions) await askAs(me, code, question, 1);
  }

  async function askAs(me: BuyerId, code: string | null, question: number, tries: number): Promise<void> {
    const reply = await request<InvitationAnswer>(`/api/sale/${encodeURIComponent(saleId)}/invitation`, {
      method: "POST",
      body: code === null ? {} : { code },
    });
    if (question !== questions) return;
    if (reply.kind === "ok") return take(me, reply.value);
    if (reply.kind === "refused" && isFinal(reply.problem, code)) return;
    await after(waitMs(tries));
    if (question === questions) await askAs(me, code, question, tries + 1);
  }

  /** Says what a refusal is, where asking again would bring the same. */
  function isFinal({ kind, retryAfterSeconds = 1, guest }: Problem, code: string | null): boolean {
    if (kind === "rate_limited" && code !== null) tellError(texts.limited(formatCount(retryAfterSeconds)));
    else if (kind === "not_eligible") takeRefusal(guest?.reason ?? "not_listed", code);
    else if (kind === "unauthenticated") onSignedOut();
    else return kind === "conflict" || kind === "not_found" || kind === "invalid_request";
    return true;
  }

  function take(me: BuyerId, value: InvitationAnswer): void {
    answer = value;
    reason = null;
    invitations.save(saleId, me, value);
    tellError("");
    onChange();
  }

  function takeRefusal(why: GuestReason, code: string | null): void {
    if (code === null) reason = why;
    else tellError(texts.reasons[why]);
    onChange();
  }

  function tellError(text: string): void {
    setText(error, text);
    if (text === "") field.removeAttribute("aria-invalid");
    else {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
  }

  /** The gate has refused what the page has: it is asked for anew, once for a refusal. */
  function renewAfter(purchase: PurchaseState): void {
    const isRefused =
      purchase.kind === "settled" && purchase.outcome === "refused" && purchase.refusal === "not_eligible";
    if (!isRefused || !buyerId || renewedAfter === purchase) return;
    renewedAfter = purchase;
    invitations.drop(saleId, buyerId);
    answer = null;
    reason = "outdated";
    void ask(null);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = field.value.trim();
    if (code === "") tellError(texts.reasons.no_code);
    else void ask(code);
  });

  function statusOf(sale: SaleStatus, isSignedIn: boolean): string {
    const { guests } = sale;
    if (guests.kind === "everybody") return "";
    if (!isSignedIn) return texts.signIn[guests.by];
    const tier = tierNow(sale, answer);
    if (tier) return texts.invitedOn(tier.name, formatMoment(Date.parse(tier.startsAt)));
    if (answer) return texts.invited;
    return reason ? texts.reasons[reason] : texts.checking;
  }

  return {
    follow: (id) => {
      if (id === buyerId) return;
      buyerId = id;
      questions += 1;
      reason = null;
      answer = id && invitations.load(saleId, id);
      tellError("");
      if (id && !answer) void ask(null);
    },
    invitation: () => answer?.invitation ?? null,
    seen: (sale) => asGuest(sale, answer),
    show: (sale, { session, purchase }) => {
      const { guests } = sale;
      const isSignedIn = session.kind === "signed_in";
      if (purchase) renewAfter(purchase);
      setShown(part(root, "guests"), guests.kind !== "everybody" && sale.phase !== "ended");
      if (guests.kind === "everybody") return;
      const tiers = guests.tiers.map(({ name, startsAt }) =>
        texts.tier(name, formatMoment(Date.parse(startsAt))),
      );
      const note = guests.kind === "listed" ? texts.listed : texts.listedFirst;
      setText(part(root, "guests-note"), [note, ...tiers].join(" "));
      setText(part(root, "guests-status"), statusOf(sale, isSignedIn));
      setShown(form, guests.by === "codes" && isSignedIn && !answer);
    },
  };
}
