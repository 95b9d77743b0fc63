import { isDeepStrictEqual } from "node:util";
import type { UpdateSaleRequest } from "../contract/admin.ts";
import type { AuditValues } from "../contract/audit.ts";
import { type GuestList, wrongGuests } from "../contract/guests.ts";
import { tidied } from "../contract/translations.ts";
import { wrongModeFields } from "../contract/sale-mode.ts";
import { wrongPayment } from "../contract/sale-payment.ts";
import type { WithPicture } from "../picture/with-picture.ts";
import type { SaleState } from "../contract/sale.ts";
import { facesAfter, MOST_FACES } from "./face.ts";
import type { Sale } from "./sale.ts";
import {
  isPublishing,
  type Obstacle,
  wasPublished,
  whySettingsStay,
  whyVisibilityStays,
} from "./visibility.ts";

/** A change takes two revisions: the first is for what the gate goes by until the change is committed. */
export const REVISIONS_A_CHANGE = 2;

/** A change as asked for: new settings, a new state, or another list of guests. */
export type SaleChange =
  | WithPicture<UpdateSaleRequest>
  | { readonly state: SaleState }
  | {
      readonly guestList: GuestList["id"];
      /** The list that it was made from: if that is another by now, or has other rows, it is not for this sale any more. */
      readonly after: GuestList;
      /** What the audit log says of the rows. */
      readonly rows: AuditValues;
    };

export const LIST_CHANGED = "somebody else has changed the list: look at it, and try again";

/** Whether a list is the one that somebody saw, with the rows that they saw. */
export const isSameList = (list: GuestList, seen: GuestList): boolean =>
  list.id === seen.id && (list.changes ?? 0) === (seen.changes ?? 0);

/** A list of which a row was changed. */
export const changedOnce = (list: GuestList): GuestList => ({ ...list, changes: (list.changes ?? 0) + 1 });

export type ChangeOutcome =
  | {
      readonly kind: "changed";
      readonly sale: Sale;
      /** Why this holds only while the sale has not begun, which the gate's clock decides; null: it holds any time. */
      readonly onlyBeforeOpening: string | null;
    }
  /** The sale is so already. */
  | { readonly kind: "unchanged"; readonly sale: Sale }
  /** `obstacles` are the settings in the way, where it is them. */
  | { readonly kind: "conflict"; readonly why: string; readonly obstacles?: readonly Obstacle[] };

/**
 * What a change makes of a sale, by rules alone; whether an allocation can be lowered so far, and whether the sale has
 * begun, only the gate knows. A change opens a closed sale to its guardian again; one that was
 * archived gets its gate back by a recovery.
 *
 * Once a sale has begun, what buyers relied on stays: its start, its price, and a purchase limit that is not lowered, so
 * that nobody's accepted order breaks a rule made after it. What it was shown as is kept for the orders that were made then.
 *
 * A draft changes freely: nobody relies on it. Who sees a sale may change when nothing else may, and opens no closed sale again.
 */
export function changeSale(sale: Sale, change: SaleChange, revision: number, nowMs: number): ChangeOutcome {
  if ("guestList" in change && !isSameList(sale.guestList, change.after))
    return { kind: "conflict", why: LIST_CHANGED };
  const asked = nextOf(sale, change);
  // Since when its returns go by turns is the sale's own to say.
  const next = asked.mode.kind === "open" ? { ...asked, mode: openMode(sale) } : asked;
  if (isSame(sale, next)) return { kind: "unchanged", sale };
  const hidden = whyVisibilityStays(sale, next, nowMs);
  if (hidden) return { kind: "conflict", ...hidden };
  const isVisibilityAlone = isSame({ ...sale, visibility: next.visibility }, next);
  if (isVisibilityAlone && wasPublished(sale))
    return { kind: "changed", sale: { ...next, revision }, onlyBeforeOpening: null };
  const why = isVisibilityAlone ? whyUnpayable(sale, next) : whyWrong(sale, next);
  if (why !== null) return { kind: "conflict", why };
  if (!wasPublished(sale)) {
    // Whoever publishes a sale begins the first life of its gate, and loads it.
    const epoch = isPublishing(sale, next) ? 1 : 0;
    return { kind: "changed", sale: { ...next, revision, epoch }, onlyBeforeOpening: null };
  }
  const faces = facesAfter(sale, next, nowMs);
  if (faces.length > MOST_FACES)
    return {
      kind: "conflict",
      why: `what a sale shows can be changed ${MOST_FACES} times once it has begun`,
    };
  return {
    kind: "changed",
    sale: { ...next, faces, revision, closedAtMs: null, archive: null },
    onlyBeforeOpening: breaksPromise(sale, next),
  };
}

const openMode = ({ mode }: Sale): Sale["mode"] => (mode.kind === "open" ? mode : { kind: "open" });

function nextOf(sale: Sale, change: SaleChange): Sale {
  if ("state" in change) return { ...sale, state: change.state };
  const { edition } = sale.guestList;
  if ("guestList" in change)
    return {
      ...sale,
      guestList: { ...changedOnce(sale.guestList), id: change.guestList, edition: edition + 1 },
    };
  const next = { ...sale, ...settingsOf(change) };
  if (isDeepStrictEqual(sale.guests, next.guests)) return next;
  // Rows of the one kind are none of the other. What was said of a tier before is void.
  const isOtherKind = byOf(sale) !== byOf(next);
  return { ...next, guestList: { ...sale.guestList, ...(isOtherKind && { id: "" }), edition: edition + 1 } };
}

const byOf = ({ guests }: Sale) => (guests.kind === "everybody" ? null : guests.by);

/** Why a sale cannot have those settings; null: it can. */
function whyWrong(sale: Sale, next: Sale): string | null {
  const stays = whySettingsStay(sale, next);
  if (stays !== null) return stays;
  if (sale.state === "ended") return "the sale has ended for good";
  if (next.endsAtMs !== null && next.endsAtMs <= next.startsAtMs) return "endsAt must be after startsAt";
  const wrong = wrongModeFields(next.mode, next.startsAtMs);
  if (wrong.length > 0) return wrong.map(({ field, message }) => `${field} ${message}`).join("; ");
  const wrongList = wrongGuests(next.guests, next.startsAtMs, next.mode);
  if (wrongList.length > 0) return wrongList.map(({ field, message }) => `${field} ${message}`).join("; ");
  return whyUnpayable(sale, next);
}

/**
 * Why nobody could pay for a sale as a change makes it. Only what the change itself touches, or publishes, is looked at: which
 * currencies can be paid in may have changed since, and such a sale must still be paused, ended, and named.
 */
function whyUnpayable(sale: Sale, next: Sale): string | null {
  const isAsBefore =
    next.priceMinor === sale.priceMinor &&
    next.currency === sale.currency &&
    isDeepStrictEqual(next.payment, sale.payment);
  if (isAsBefore && !isPublishing(sale, next)) return null;
  const wrong = wrongPayment(next.payment, next.priceMinor, next.currency);
  return wrong === null ? null : `payment ${wrong}`;
}

/**
 * What the gate is asked about a change before it is committed, under a revision of its own. Under what may change only
 * before the opening nothing is sold until it is committed, should the sale open meanwhile.
 */
export const askedFirst = ({
  sale,
  onlyBeforeOpening,
}: Extract<ChangeOutcome, { kind: "changed" }>): Sale => ({
  ...sale,
  revision: sale.revision - 1,
  state: onlyBeforeOpening === null ? sale.state : "paused",
});

function settingsOf(settings: WithPicture<UpdateSaleRequest>): Partial<Sale> {
  const { startsAt, endsAt, translations, ...rest } = settings;
  const defined = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...defined,
    ...(translations !== undefined && { translations: tidied(translations) }),
    ...(startsAt !== undefined && { startsAtMs: Date.parse(startsAt) }),
    ...(endsAt !== undefined && { endsAtMs: endsAt === null ? null : Date.parse(endsAt) }),
  };
}

const tiersOf = ({ guests }: Sale) => (guests.kind === "everybody" ? [] : guests.tiers);

function breaksPromise(sale: Sale, next: Sale): string | null {
  if (next.startsAtMs !== sale.startsAtMs) return "its start can no longer be moved";
  if (next.priceMinor !== sale.priceMinor || next.currency !== sale.currency)
    return "its price can no longer be changed";
  if (next.mode.kind !== sale.mode.kind) return "its mode can no longer be changed";
  if (!isDeepStrictEqual(next.payment, sale.payment)) return "how it is paid for can no longer be changed";
  if (!isDeepStrictEqual(next.withdrawal, sale.withdrawal)) return "its withdrawal can no longer be changed";
  if (!isDeepStrictEqual(tiersOf(next), tiersOf(sale))) return "its tiers can no longer be changed";
  if (next.purchaseLimit < sale.purchaseLimit) return "its purchase limit can no longer be lowered";
  return null;
}

const isSame = (
  {
    picture: a,
    mode: c,
    translations: e,
    payment: g,
    guests: i,
    guestList: k,
    withdrawal: m,
    ...before
  }: Sale,
  {
    picture: b,
    mode: d,
    translations: f,
    payment: h,
    guests: j,
    guestList: l,
    withdrawal: n,
    ...after
  }: Sale,
) =>
  (Object.keys(before) as (keyof typeof before)[]).every((key) => before[key] === after[key]) &&
  a?.id === b?.id &&
  a?.alt === b?.alt &&
  isDeepStrictEqual(c, d) &&
  isDeepStrictEqual(e, f) &&
  isDeepStrictEqual(g, h) &&
  isDeepStrictEqual(i, j) &&
  isDeepStrictEqual(k, l) &&
  isDeepStrictEqual(m, n);
