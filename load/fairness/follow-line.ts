import { setTimeout as sleep } from "node:timers/promises";
import type { EntryList, LineView } from "../../core/contract/line.ts";
import { lotOf, rankOf } from "../../core/line/lot.ts";
import { buy } from "./buy.ts";
import { untilAnswered } from "./join-line.ts";
import { callerOf, type Guest, type Launch } from "./launch.ts";

const LOOK_EVERY_MS = 1_000;
const ASK_AGAIN_MS = 500;
const MOST_ASKS = 60;
/** Of one identity in its turn. */
const TRIES = 5;

export type Following = {
  /** After this the line is given up. */
  readonly limitMs: number;
  /** What a guest does whose turn has come. */
  readonly onTurn?: (launch: Launch, guest: Guest) => Promise<unknown>;
  /** Until when everybody follows the line: its end, unless another instant is given. */
  readonly isOver?: (view: LineView) => boolean;
};

/**
 * Lets each guest wait as a page does: it finds its own rank by the list's key and its receipt, sees from the line that all
 * share whether its turn has come, and buys then. Ends with the line.
 *
 * @throws when the line has not ended within the limit.
 */
export async function followLine(
  launch: Launch,
  { limitMs, onTurn = buyInTurn, isOver = ({ end }) => end !== null }: Following,
): Promise<void> {
  const endsAtMs = performance.now() + limitMs;
  const keys = new Map<number, string>();
  const ranks = new Map<Guest, string>();
  const waiting = new Set(launch.guests.filter(({ entry }) => entry !== null));
  const inside: Promise<unknown>[] = [];
  let hasEnded = false;
  for (;;) {
    const view = await lineOf(launch);
    for (const { list, key } of view.lists) if (key !== null) keys.set(list, key);
    for (const guest of waiting) {
      const rank = ranks.get(guest) ?? rankOfGuest(guest, keys);
      // Once: twenty thousand hashes in each look would be this client's whole time.
      if (rank !== null) ranks.set(guest, rank);
      if (rank === null || rank > view.upTo) continue;
      waiting.delete(guest);
      inside.push(takeTurn(launch, guest, { onTurn, holdsInMs: untilHeld(view), hasEnded: () => hasEnded }));
    }
    hasEnded = isOver(view);
    if (hasEnded) break;
    if (performance.now() > endsAtMs) throw new Error(`the line is still ${view.phase} after ${limitMs} ms`);
    await sleep(LOOK_EVERY_MS);
  }
  await Promise.all(inside);
}

async function lineOf({ saleId, callers }: Launch): Promise<LineView> {
  const answer = await untilAnswered(callers.honest, { route: `GET /api/sale/${saleId}/line` });
  if (answer.status !== 200) throw new Error(`the line was answered ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body) as LineView;
}

function rankOfGuest({ entry }: Guest, keys: ReadonlyMap<number, string>): string | null {
  const receipt = entry?.receipt;
  const key = receipt && keys.get(receipt.list);
  return receipt && key !== undefined ? rankOf(receipt.list, receipt.lane, lotOf(key, receipt.leaf)) : null;
}

/** Until the last step that the line shows holds: a turn of it, or of one before, has begun by then. */
const untilHeld = ({ holdsFrom, serverTime }: LineView): number =>
  holdsFrom === null ? 0 : Math.max(0, Date.parse(holdsFrom) - Date.parse(serverTime));

type Turn = {
  readonly onTurn: NonNullable<Following["onTurn"]>;
  readonly holdsInMs: number;
  readonly hasEnded: () => boolean;
};

/** Nobody asks before their turn holds: the line says when, to all at once. */
async function takeTurn(launch: Launch, guest: Guest, { onTurn, holdsInMs, hasEnded }: Turn): Promise<void> {
  await sleep(holdsInMs);
  guest.toldTurn = await toldTurn(launch, guest, hasEnded);
  if (guest.toldTurn !== null) await onTurn(launch, guest);
}

/** Buys, once this guest has chosen; some kinds try more than once. */
export async function buyInTurn(launch: Launch, guest: Guest): Promise<void> {
  await sleep(guest.reactionMs);
  const how = { ticket: guest.entry?.ticket, isPatient: true };
  const tries = guest.kind === "many_tries" ? TRIES : 1;
  await Promise.all(Array.from({ length: tries }, () => buy(launch, guest, how)));
}

/**
 * What the line says of this guest's turn, once it holds; null: it was passed over until the end. Whoever is told of no turn
 * that the line gives is a fault, and named.
 */
async function toldTurn(launch: Launch, guest: Guest, hasEnded: () => boolean): Promise<Guest["toldTurn"]> {
  const route = `GET /api/sale/${launch.saleId}/line/entry`;
  let wasPassedOver = false;
  for (let asks = 0; asks < MOST_ASKS;) {
    const answer = await untilAnswered(callerOf(launch, guest), { route, token: guest.buyer.token });
    const { entries } = JSON.parse(answer.body) as EntryList;
    const entry = entries.find(({ receipt }) => receipt.leaf === guest.entry?.receipt.leaf);
    if (entry?.rank && entry.turn && entry.state !== "waiting")
      return { leaf: entry.receipt.leaf, rank: entry.rank, step: entry.turn.step, wasPassedOver };
    wasPassedOver ||= entry?.state === "passed_over";
    const isPassedOver = entry?.state === "passed_over" || (entry?.state === "over" && !entry.turn);
    if (isPassedOver && hasEnded()) return null;
    if (!isPassedOver) asks++;
    await sleep(ASK_AGAIN_MS);
  }
  launch.faults.push(`${guest.buyer.buyerId} was told of no turn, and the line says that it has one`);
  return null;
}
