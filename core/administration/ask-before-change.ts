import { isDeepStrictEqual } from "node:util";
import type { Gate } from "../gate/gate.redis.ts";
import { type LineFacts, whyModeStays } from "../line/change-mode.ts";
import { whyTermsStay } from "../line/change-terms.ts";
import { noLine } from "../line/line-state.ts";
import { askedFirst, type ChangeOutcome } from "../sale/change-sale.ts";
import type { Sale } from "../sale/sale.ts";
import type { UpdateDependencies } from "./administration-dependencies.ts";

const GUESTS_STAY = "people have joined the line: a list can no longer say who may come";
const ARCHIVED = "the sale is archived: move its end first, and change this once it is back";

/**
 * Why the sale's mode, its start or its purchase limit must stay. Asked under the row's lock, under which a line's log is begun and its
 * list 0 closes.
 */
export async function askLine(
  { joins, logs }: UpdateDependencies,
  before: Sale,
  after: Sale,
): Promise<string | null> {
  if (!isOfLine(before, after)) return null;
  const [hasJoined, state] = await Promise.all([joins.hasAnyJoined(before.saleId), logs.read(before.saleId)]);
  return whyStays(before, after, { hasJoined, state });
}

/**
 * Announces a change that is lawful only while nobody has joined: the last step before it is stored. From then on nobody joins by the
 * sale as it was; whoever came first keeps it so. Null: nothing is in the way.
 */
export async function announceToJoins(
  { joins }: Pick<UpdateDependencies, "joins">,
  before: Sale,
  after: Sale,
): Promise<string | null> {
  // Where line 0 stands it binds as a mark does, and `askLine` has read it: it is written under the row's lock.
  const ofLine = isOfLine(before, after) ? whyStays(before, after, { hasJoined: true, state: noLine }) : null;
  const why = ofLine ?? (isForFewer(before, after) ? GUESTS_STAY : null);
  return why === null || (await joins.announceChange(before.saleId, after.revision)) ? null : why;
}

const whyStays = (before: Sale, after: Sale, facts: LineFacts): string | null =>
  whyModeStays(before.mode, after.mode, facts) ?? whyTermsStay(before, after, facts);

/** Whether a change touches what those who join a line rely on. */
const isOfLine = (before: Sale, after: Sale): boolean =>
  !isDeepStrictEqual(before.mode, after.mode) ||
  // A change of an open sale waits for no store that it does not need.
  (before.mode.kind !== "open" &&
    (before.startsAtMs !== after.startsAtMs || after.purchaseLimit < before.purchaseLimit));

const isForFewer = (before: Sale, after: Sale): boolean =>
  before.guests.kind !== "listed" && after.guests.kind === "listed";

/** Why the sale must stay open to everybody: somebody has joined its line, and may not be on any list. */
export async function askGuests(
  { joins }: UpdateDependencies,
  before: Sale,
  after: Sale,
): Promise<string | null> {
  return isForFewer(before, after) && (await joins.hasAnyJoined(before.saleId)) ? GUESTS_STAY : null;
}

type Changed = Extract<ChangeOutcome, { kind: "changed" }>;

/**
 * Null: the gate has agreed, or was not asked. What it goes by until the change is committed allows nothing that either the
 * old or the new settings forbid, since the change may come to nothing.
 *
 * @throws when the gate does not answer; then nothing is changed here.
 */
export async function askGateFirst(gate: Gate, sale: Sale, changed: Changed) {
  const { onlyBeforeOpening } = changed;
  if (onlyBeforeOpening === null && changed.sale.allocated >= sale.allocated) return null;
  const reply = await gate.configure(
    askedFirst(changed),
    onlyBeforeOpening === null ? "first" : "before_opening",
  );
  switch (reply.kind) {
    case "configured":
      return null;
    case "begun":
      return { kind: "conflict", why: `the sale has begun: ${onlyBeforeOpening ?? ""}` } as const;
    case "below_taken":
      return {
        kind: "conflict",
        why: `${reply.taken} units are taken: the allocation cannot go below that`,
      } as const;
    case "lost":
    case "recovering":
      // Nobody recovers a closed sale: a change that the gate need not decide on brings its gate back first.
      if (sale.archive !== null) return { kind: "conflict", why: ARCHIVED } as const;
      return { kind: "recovering" } as const;
    case "stale":
    case "conflict":
      throw new Error(`the gate of ${sale.saleId} has a revision that was not given yet: ${reply.kind}`);
    default:
      return reply satisfies never;
  }
}
