import type { GuestList, GuestReason, Guests, InvitationAnswer } from "../contract/guests.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import { hmacSha256 } from "../hmac.ts";
import type { Providers } from "../identity/aliases.ts";
import { sourceOf } from "../identity/network.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { addressKey, codeKey } from "./guest-key.ts";
import type { GuestLists } from "./guest-list.dynamo.ts";
import type { GuestRow } from "./guest-rows.ts";
import { keepGuestsUntilMs, tierOf } from "./guests.ts";
import { issueInvitation } from "./invitation.ts";

/** So that nothing else that the same key marks is ever taken for a source. */
const GUESS_PURPOSE = "flash-sale/guess/v1";
const WINDOW_SECONDS = 10 * 60;
/** Codes that one buyer, and all buyers of one source, may try in a window. */
const MOST_GUESSES = { buyer: 10, source: 100 } as const;

/** As much of a sale as its guests are about. */
type Sale = {
  readonly saleId: SaleId;
  readonly guests: Guests;
  readonly guestList: GuestList;
  readonly startsAtMs: number;
};

export type InvitationDependencies = {
  readonly saleOf: (saleId: SaleId) => Promise<Sale | null>;
  readonly lists: Pick<GuestLists, "find" | "bind" | "boundTo" | "countGuess" | "uncountGuess">;
  readonly addresses: Pick<Addresses, "of">;
  readonly providers: Providers;
  readonly signer: SessionSigner;
  /** Not where all clients share one address, as on a developer's machine. */
  readonly limitsSources: boolean;
};

export type InvitationOutcome =
  | { readonly kind: "invited"; readonly answer: InvitationAnswer }
  | { readonly kind: "not_eligible"; readonly reason: GuestReason }
  /** Nobody needs one here. */
  | { readonly kind: "no_list" | "unknown_sale" }
  /** The list was switched meanwhile: who is not on the old one may be on the new one. */
  | { readonly kind: "unavailable" }
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number };

type Asked = {
  readonly saleId: SaleId;
  readonly buyerId: BuyerId;
  readonly code: string | null;
  readonly source: string;
};

/**
 * Gives a buyer the invitation to a sale: by their mail address, or by a code that is bound to them from then on. Safe to
 * repeat: whoever came once is let in again, without the code.
 *
 * The sale is read before its list. Whoever is taken off the list in between gets an invitation of the edition before, which the
 * gate refuses.
 */
export async function requestInvitation(
  deps: InvitationDependencies,
  asked: Asked,
  nowMs: number,
): Promise<InvitationOutcome> {
  const { saleId, buyerId } = asked;
  const sale = await deps.saleOf(saleId);
  if (!sale) return { kind: "unknown_sale" };
  if (sale.guests.kind === "everybody") return { kind: "no_list" };
  const found = await (sale.guests.by === "addresses"
    ? findByAddress(deps, sale, buyerId)
    : findByCode(deps, sale, asked, nowMs));
  if ("kind" in found) {
    const isSwitched =
      found.kind === "not_eligible" && (await deps.saleOf(saleId))?.guestList.id !== sale.guestList.id;
    return isSwitched ? { kind: "unavailable" } : found;
  }
  const keepUntilMs = keepGuestsUntilMs(sale, nowMs);
  if (!(await deps.lists.bind(saleId, found, { buyer: buyerId, keepUntilMs })))
    return { kind: "not_eligible", reason: "used" };
  const tier = tierOf(sale.guests, found.tier);
  const { edition } = sale.guestList;
  const fromMs = tier && Date.parse(tier.startsAt);
  return {
    kind: "invited",
    answer: { invitation: issueInvitation(deps.signer, { saleId, buyerId, edition, fromMs }), tier },
  };
}

type Found = GuestRow | Extract<InvitationOutcome, { kind: "not_eligible" | "rate_limited" }>;
const notEligible = (reason: GuestReason): Found => ({ kind: "not_eligible", reason });

async function findByAddress(
  { addresses, providers, lists }: InvitationDependencies,
  { saleId, guestList }: Sale,
  buyerId: BuyerId,
): Promise<Found> {
  const address = (await addresses.of([buyerId])).get(buyerId);
  const row =
    address === undefined ? null : await lists.find(saleId, guestList.id, addressKey(address, providers));
  return row ?? notEligible("not_listed");
}

/**
 * A buyer who came once needs no code any more. Each code that is tried counts until it is known to be one: so many may try at
 * once, and whoever has a good code takes nothing from others behind the same address.
 */
async function findByCode(
  deps: InvitationDependencies,
  { saleId, guestList }: Sale,
  { buyerId, code, source }: Asked,
  nowMs: number,
): Promise<Found> {
  const { lists } = deps;
  if (code === null) {
    const key = await lists.boundTo(saleId, buyerId);
    return (key === null ? null : await lists.find(saleId, guestList.id, key)) ?? notEligible("no_code");
  }
  const who = guessers(deps, { saleId, buyerId, source });
  const counted = await Promise.all(who.map(({ mark }) => lists.countGuess(mark, WINDOW_SECONDS, nowMs)));
  if (counted.some((guesses, index) => guesses > who[index]!.most))
    return { kind: "rate_limited", retryAfterMs: WINDOW_SECONDS * 1000 - (nowMs % (WINDOW_SECONDS * 1000)) };
  const key = codeKey(code);
  const row = key === "" ? null : await lists.find(saleId, guestList.id, key);
  if (!row) return notEligible("wrong_code");
  await Promise.all(who.map(({ mark }) => lists.uncountGuess(mark, WINDOW_SECONDS, nowMs)));
  return row;
}

/** By whom guesses are counted, and how many each may have. The source is a keyed hash: no table has anybody's address. */
function guessers(
  { limitsSources, signer }: InvitationDependencies,
  { saleId, buyerId, source }: Pick<Asked, "saleId" | "buyerId" | "source">,
) {
  const hidden = hmacSha256(signer.ready, `${GUESS_PURPOSE}\n${saleId}\n${sourceOf(source)}`);
  return [
    { mark: `${saleId}#${buyerId}`, most: MOST_GUESSES.buyer },
    ...(limitsSources
      ? [{ mark: `${saleId}#${hidden.toString("base64url").slice(0, 22)}`, most: MOST_GUESSES.source }]
      : []),
  ];
}
