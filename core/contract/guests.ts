import * as v from "valibot";
import { instant } from "./instant.ts";
import { storableLine, storableText } from "./text.ts";

const count = v.pipe(v.number(), v.integer("must be a whole number"), v.minValue(0));

/** Most openings that come before the sale's own. */
export const MOST_TIERS = 5;

const tierName = v.pipe(
  storableLine,
  v.trim(),
  v.minLength(1, "must not be empty"),
  v.maxLength(40, "must be at most 40 characters"),
  v.regex(/^[^,;"\r\n]*$/, "must have no comma, semicolon, quote or line break"),
);

/** Guests on a tier may buy from `startsAt` on, before everybody else. */
const tier = v.strictObject({ name: tierName, startsAt: instant });

const listed = {
  /** What the list has: mail addresses, or codes to be typed in. */
  by: v.picklist(["addresses", "codes"], "by must be addresses or codes"),
  tiers: v.optional(v.pipe(v.array(tier), v.maxLength(MOST_TIERS, `at most ${MOST_TIERS} tiers`)), []),
};

/**
 * Who may come to a sale. `listed`: nobody else than the guests on its list. `listed_first`: everybody, and guests on a tier
 * before.
 */
export const guests = v.variant(
  "kind",
  [
    v.strictObject({ kind: v.literal("everybody") }),
    v.strictObject({ kind: v.literal("listed"), ...listed }),
    v.strictObject({ kind: v.literal("listed_first"), ...listed }),
  ],
  "kind must be everybody, listed or listed_first",
);
export type Guests = v.InferOutput<typeof guests>;
export type Tier = v.InferOutput<typeof tier>;

/**
 * The list that a sale goes by. Invitations of an edition before `edition` are void. `changes` counts what was done to its rows,
 * so that nobody writes over what they have not seen.
 */
export const guestList = v.object({ id: v.string(), edition: count, changes: v.optional(count) });
export type GuestList = v.InferOutput<typeof guestList>;
export const noGuestList: GuestList = { id: "", edition: 0 };

type WrongField = { readonly field: string; readonly message: string };

/** What is wrong with who may come to a sale that starts then, in that mode. */
export function wrongGuests(of: Guests, startsAtMs: number, mode: { readonly kind: string }): WrongField[] {
  if (of.kind === "everybody") return [];
  const { tiers } = of;
  const wrong: WrongField[] = [];
  const refuse = (message: string) => wrong.push({ field: "guests.tiers", message });
  if (of.kind === "listed_first" && tiers.length === 0)
    refuse("must name a tier: without one nobody comes first");
  if (tiers.length > 0 && mode.kind !== "open")
    refuse("need the mode open: in a line everybody is in the same lists");
  if (new Set(tiers.map(({ name }) => name.toLowerCase())).size < tiers.length)
    refuse("must have names that differ");
  if (tiers.some(({ startsAt }) => Date.parse(startsAt) >= startsAtMs))
    refuse("must start before the sale itself");
  return wrong;
}

/** Asks for the invitation to a sale; `code` where its guests have codes, once for a buyer. */
export const invitationRequest = v.strictObject({
  code: v.optional(v.pipe(storableLine, v.trim(), v.maxLength(100, "must be a code as it was given to you"))),
});

/** The proof that a buyer is on a sale's list; it goes along with their purchase, and with joining the line. */
export const invitationAnswer = v.object({
  invitation: v.string(),
  /** The guest's tier, and from when it may buy; null: none. */
  tier: v.nullable(v.object({ name: v.string(), startsAt: instant })),
});
export type InvitationAnswer = v.InferOutput<typeof invitationAnswer>;

/** Why somebody may not come. */
export const guestReasons = [
  /** No invitation came along. */
  "no_invitation",
  /** It is forged, or of another sale or buyer. */
  "wrong_invitation",
  /** The list was changed since: ask for another one. */
  "outdated",
  /** This buyer's mail address is not on the list. */
  "not_listed",
  /** The sale's guests have codes, and none came. */
  "no_code",
  "wrong_code",
  /** As many buyers as it is for have used it, or another buyer came with this address before. */
  "used",
] as const;
export type GuestReason = (typeof guestReasons)[number];

/** A megabyte is 10,000 rows of a hundred characters. */
export const CHANGE_GUESTS_LIMIT_BYTES = 1_500_000;
/** Most rows of one file, and of a list. */
export const MOST_ROWS = 10_000;
export const MOST_GUESTS = 50_000;

/**
 * Changes the list by a CSV file, which is checked whole before anything changes. Its first line names the columns:
 * `address` or `code`; `tier`, and `uses` of a code, may be left out.
 */
export const changeGuestsRequest = v.strictObject({
  how: v.picklist(["add", "remove", "replace"], "must be add, remove or replace"),
  csv: v.pipe(storableText, v.maxLength(1_200_000, "must be at most 1.2 MB")),
});
export type ChangeGuestsRequest = v.InferOutput<typeof changeGuestsRequest>;

/** How many are on the list, and came: they have asked for their invitation. */
export const guestSummary = v.object({
  guests,
  /** Rows of the list. */
  listed: count,
  /** Rows with which somebody came, and buyers who did; the latter are more where a code is for several. */
  came: count,
  buyers: count,
  tiers: v.array(v.object({ name: v.string(), listed: count, came: count })),
  edition: count,
});
export type GuestSummary = v.InferOutput<typeof guestSummary>;

export const guestsQuery = v.strictObject({ format: v.optional(v.picklist(["json", "csv"]), "json") });
