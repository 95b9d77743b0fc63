import type { Doer } from "../acts/act.ts";
import { eraseGuest, type GuestErasure } from "../administration/erase-guest.ts";
import type { Clock } from "../clock.ts";
import type { Erasure } from "../contract/buyer-data.ts";
import type { IdentityTraces } from "../identity/identity-traces.dynamo.ts";
import type { BuyerId } from "../ids.ts";
import type { Reminders } from "../notices/reminders.dynamo.ts";
import type { Warn } from "../log.ts";
import {
  askErasure,
  dueErasures,
  erasureView,
  type ErasureRow,
  findErasure,
  finish,
  postpone,
} from "./erasures.postgres.ts";
import { obstacleOf, sessionsOverAtMs } from "./obstacle.ts";
import { type KnownIn, saleIdsOf, type StandingDependencies, standingsOf } from "./standings.ts";

/** What stands in the way ends by the hour: a sale closes, a hold expires. */
const LOOK_AGAIN_MS = 60 * 60 * 1000;
const LOOK_SOON_MS = 15 * 60 * 1000;

export type ErasureDependencies = StandingDependencies &
  Omit<GuestErasure, "db"> & {
    readonly identity: IdentityTraces;
    readonly reminders: Pick<Reminders, "ofBuyer" | "eraseBuyer">;
    readonly clock: Clock;
  };

/** The buyer that an address or a number names; null: nobody is known by it. */
export async function buyerNamed(identity: IdentityTraces, who: string): Promise<BuyerId | null> {
  return who.includes("@") ? identity.buyerOf(who) : (who as BuyerId);
}

/**
 * Erases what leads to a buyer, or records why not yet; null: nobody is known by that. Asking again goes on with the same deletion; cut off anywhere, whoever
 * looks next goes on: the schedule does each quarter of an hour.
 */
export async function eraseBuyer(
  deps: ErasureDependencies,
  who: string,
  doer: Doer,
): Promise<Erasure | null> {
  const buyerId = await buyerNamed(deps.identity, who);
  if (buyerId === null || !(await isKnown(deps, buyerId))) return null;
  // An address from before they were listed is erased with the others.
  if (who.includes("@")) await deps.identity.note(buyerId, who);
  const row = await askErasure(deps.db, buyerId, doer, deps.clock.nowMs());
  await takeUp(deps, row);
  return erasureView(await findErasure(deps.db, row.id));
}

/** Whether any store knows the number: of a mistyped one nothing is recorded. */
export async function isKnown(
  deps: StandingDependencies & Pick<ErasureDependencies, "identity">,
  buyerId: BuyerId,
): Promise<boolean> {
  if ((await deps.identity.read(buyerId)).length > 0) return true;
  return (await standingsOf(deps, buyerId)).length > 0;
}

/** Goes on with every deletion that is due. Answers how many; one that fails holds up no other. */
export async function takeUpErasures(deps: ErasureDependencies & { readonly warn: Warn }): Promise<number> {
  const due = await dueErasures(deps.db, deps.clock.nowMs());
  for (const row of due) {
    try {
      await takeUp(deps, row);
    } catch (error) {
      deps.warn("a deletion was not finished", { erasure: row.id, error });
    }
  }
  return due.length;
}

/**
 * The address leads to the number, and the number is the same, as long as a session can run: a limit per buyer holds until the
 * last one has ended. Only then the person goes, and whoever signs in afterwards is somebody new.
 */
async function takeUp(deps: ErasureDependencies, row: ErasureRow): Promise<void> {
  if (row.state === "done") return;
  const { db, clock, identity } = deps;
  const nowMs = clock.nowMs();
  const untilMs = await identity.sessionsUntilMs(row.buyer_id);
  // Of a sale that they came to in a session that ended, every store knows by now.
  const standings = await standingsOf(deps, row.buyer_id);
  const obstacle = obstacleOf(standings);
  if (obstacle) return postpone(db, row, obstacle, nowMs + LOOK_AGAIN_MS);
  const overAtMs = sessionsOverAtMs(untilMs, row.asked_at.getTime());
  const isOver = overAtMs <= nowMs && (await identity.leave(row.buyer_id, untilMs, nowMs));
  if (!isOver)
    return postpone(
      db,
      row,
      { kind: "open_session", saleId: null },
      Math.max(overAtMs, nowMs + LOOK_SOON_MS),
    );
  await eraseEntries(deps, row.buyer_id, standings);
  const emails = await identity.emailsOf(row.buyer_id);
  await eraseGuest(deps, { buyerId: row.buyer_id, emails });
  await deps.reminders.eraseBuyer(await saleIdsOf(db), row.buyer_id);
  await identity.erase(row.buyer_id);
  return finish(db, row, clock.nowMs());
}

async function eraseEntries(
  { lines }: ErasureDependencies,
  buyerId: BuyerId,
  standings: readonly KnownIn[],
): Promise<void> {
  for (const { saleId, lists } of standings) await lines.erase(saleId, buyerId, lists);
}
