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

/**
 * Lets each guest wait as a page does: it finds its own rank by the list's key and its receipt, sees from the line that all
 * share whether its turn has come, and buys then. Ends with the line.
 *
 * @throws when the line has not ended within the limit.
 */
export async function followLine(launch: Launch, limitMs: number): Promise<void> {
  const endsAtMs = performance.now() + limitMs;
  const keys = new Map<number, string>();
  const waiting = new Set(launch.guests.filter(({ entry }) => entry !== null));
  const inside: Promise<void>[] = [];
  for (;;) {
    const view = await lineOf(launch);
    for (const { list, key } of view.lists) if (key !== null) keys.set(list, key);
    for (const guest of waiting) {
      const rank = rankOfGuest(guest, keys);
      if (rank === null || rank > view.upTo) continue;
      waiting.delete(guest);
      inside.push(takeTurn(launch, guest));
    }
    if (view.end !== null) break;
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

async function takeTurn(launch: Launch, guest: Guest): Promise<void> {
  guest.told = await toldTurn(launch, guest);
  await sleep(guest.reactionMs);
  const how = { ticket: guest.entry?.ticket, isPatient: true };
  const tries = guest.kind === "many_tries" ? TRIES : 1;
  await Promise.all(Array.from({ length: tries }, () => buy(launch, guest, how)));
}

/** What the line says of this guest's turn, once it holds; null: it said nothing of one. */
async function toldTurn(launch: Launch, guest: Guest): Promise<Guest["told"]> {
  const route = `GET /api/sale/${launch.saleId}/line/entry`;
  for (let asks = 1; asks <= MOST_ASKS; asks++) {
    const answer = await untilAnswered(callerOf(launch, guest), { route, token: guest.buyer.token });
    const { entries } = JSON.parse(answer.body) as EntryList;
    const entry = entries.find(({ receipt }) => receipt.leaf === guest.entry?.receipt.leaf);
    if (entry?.rank && entry.turn && entry.state !== "waiting")
      return { leaf: entry.receipt.leaf, rank: entry.rank, step: entry.turn.step };
    await sleep(ASK_AGAIN_MS);
  }
  launch.faults.push(`${guest.buyer.buyerId} was told of no turn, and the line says that it has one`);
  return null;
}
