import type { GuestList, GuestReason, Guests, InvitationAnswer } from "../contract/guests.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import { hmacSha256 } from "../hmac.ts";
import type { Providers } from "../identity/aliases.ts";
import { neighbourhoodOf, sourceOf } from "../identity/network.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Measure } from "../metrics.ts";
import { codeKey } from "./guest-key.ts";
import type { GuestLists } from "./guest-list.dynamo.ts";
import type { GuestRow } from "./guest-rows.ts";
import { keepGuestsUntilMs, tierOf } from "./guests.ts";
import { issueInvitation } from "./invitation.ts";
import { rowOfBuyer } from "./tier-opening.ts";

/** So that nothing else that the same key marks is ever taken for a source. */
const GUESS_PURPOSE = "flash-sale/guess/v1";
const WINDOW_SECONDS = 10 * 60;
/** Codes that one buyer may try in a window, and all buyers of one source, and of one neighbourhood of sources. */
const MOST_GUESSES = { buyer: 10, source: 100, neighbourhood: 400 } as const;
/**
 * Wrong codes of a sale in a window, whoever tries them, from which on each buyer tries one a minute: nobody slows another, and
 * whoever has a right code and mistyped it waits for a minute.
 */
const MOST_WRONG = 1_000;
const SLOW_SECONDS = 60;

/** As much of a sale as its guests are about. */
type Sale = {
  readonly saleId: SaleId;
  readonly guests: Guests;
  readonly guestList: GuestList;
  readonly startsAtMs: number;
};

export type InvitationDependencies = {
  readonly saleOf: (saleId: SaleId) => Promise<Sale | null>;
  readonly lists: Pick<GuestLists, "find" | "bind" | "boundTo" | "countGuess" | "uncountGuess" | "guesses">;
  readonly addresses: Pick<Addresses, "of">;
  readonly providers: Providers;
  readonly signer: SessionSigner;
  /** Not where all clients share one address, as on a developer's machine. */
  readonly limitsSources: boolean;
  readonly measure: Measure;
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

const findByAddress = async (deps: InvitationDependencies, sale: Sale, buyerId: BuyerId): Promise<Found> =>
  (await rowOfBuyer(deps, sale, buyerId)) ?? notEligible("not_listed");

/**
 * A buyer who came once needs no code any more. Each code that is tried counts until it is known to be one: so many may try at
 * once, and whoever has a good code takes nothing from others behind the same address.
 */
async function findByCode(
  deps: InvitationDependencies,
  sale: Sale,
  { buyerId, code, source }: Asked,
  nowMs: number,
): Promise<Found> {
  const { lists } = deps;
  const { saleId, guestList } = sale;
  if (code === null) return (await rowOfBuyer(deps, sale, buyerId)) ?? notEligible("no_code");
  const isSlow = (await lists.guesses(wrongOf(saleId), WINDOW_SECONDS, nowMs)) >= MOST_WRONG;
  const who = guessers(deps, { saleId, buyerId, source, isSlow });
  const counted = await Promise.all(who.map(({ mark, seconds }) => lists.countGuess(mark, seconds, nowMs)));
  const waits = who.flatMap(({ most, seconds }, index) =>
    counted[index]! > most ? [seconds * 1000 - (nowMs % (seconds * 1000))] : [],
  );
  if (waits.length > 0) return { kind: "rate_limited", retryAfterMs: Math.max(...waits) };
  const key = codeKey(code);
  const row = key === "" ? null : await lists.find(saleId, guestList.id, key);
  if (!row) {
    deps.measure("WrongInvitationCodes", await lists.countGuess(wrongOf(saleId), WINDOW_SECONDS, nowMs));
    return notEligible("wrong_code");
  }
  await Promise.all(who.map(({ mark, seconds }) => lists.uncountGuess(mark, seconds, nowMs)));
  return row;
}

/** All wrong codes of a sale; right ones write nothing here, so that a crowd of guests does not meet in one item. */
const wrongOf = (saleId: SaleId) => `${saleId}#wrong`;

type Guesser = { readonly mark: string; readonly most: number; readonly seconds: number };

/** By whom guesses are counted, and how many each may have. Networks are keyed hashes: no table has anybody's address. */
function guessers(
  { limitsSources, signer }: InvitationDependencies,
  {
    saleId,
    buyerId,
    source,
    isSlow,
  }: Pick<Asked, "saleId" | "buyerId" | "source"> & { readonly isSlow: boolean },
): Guesser[] {
  const seconds = WINDOW_SECONDS;
  const hidden = (network: string) =>
    hmacSha256(signer.ready, `${GUESS_PURPOSE}\n${saleId}\n${network}`).toString("base64url").slice(0, 22);
  const ofNetworks = [
    { mark: `${saleId}#${hidden(sourceOf(source))}`, most: MOST_GUESSES.source, seconds },
    {
      mark: `${saleId}#${hidden(`near ${neighbourhoodOf(source)}`)}`,
      most: MOST_GUESSES.neighbourhood,
      seconds,
    },
  ];
  return [
    { mark: `${saleId}#${buyerId}`, most: MOST_GUESSES.buyer, seconds },
    ...(isSlow ? [{ mark: `${saleId}#slow#${buyerId}`, most: 1, seconds: SLOW_SECONDS }] : []),
    ...(limitsSources ? ofNetworks : []),
  ];
}
