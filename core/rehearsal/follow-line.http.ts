import { setTimeout as sleep } from "node:timers/promises";
import { callSite } from "../canary/call-site.http.ts";
import type { JoinAnswer, LineView } from "../contract/line.ts";
import type { CrowdAnswer } from "../contract/rehearsal.ts";
import type { SaleId } from "../ids.ts";
import { lotOf, rankOf } from "../line/lot.ts";
import type { Comer, Person } from "./send-crowd.http.ts";

const AT_ONCE = 32;
const LOOK_EVERY_MS = 1_000;
const ASK_AGAIN_MS = 1_000;

export type LineCrowd = {
  readonly siteUrl: string;
  readonly saleId: SaleId;
  readonly people: readonly Person[];
  /** Whoever is not in by then stays outside. */
  readonly joinUntilMs: number;
  /** Until then people wait for their turn. By the clock of `performance`, both. */
  readonly waitUntilMs: number;
};
type Waiting = Comer & { readonly joined: JoinAnswer };

/**
 * Stands in line as its page does: joins without a puzzle, computes its own rank from the list's key and its receipt, and sees from the
 * line that all share whether its turn has come. `left` fills with what those were told who get none.
 */
export async function* followLine(crowd: LineCrowd, left: CrowdAnswer[]): AsyncGenerator<Comer, void> {
  const waiting = new Set(await joinAll(crowd, left));
  const keys = new Map<number, string>();
  let view: LineView | null = null;
  while (waiting.size > 0 && view?.end == null && performance.now() < crowd.waitUntilMs) {
    view = await callSite<LineView>(crowd.siteUrl, `GET /api/sale/${crowd.saleId}/line`).catch(() => view);
    for (const { list, key } of view?.lists ?? []) if (key !== null) keys.set(list, key);
    for (const comer of waiting) {
      const rank = rankOfEntry(comer.joined, keys);
      if (view === null || rank === null || rank > view.upTo) continue;
      waiting.delete(comer);
      yield { person: comer.person, index: comer.index, ticket: comer.joined.ticket };
    }
    await sleep(LOOK_EVERY_MS);
  }
  const kind = view?.end == null ? "not_told" : "no_turn";
  for (const { person } of waiting) left.push({ buyerId: person.buyerId, kind, orderId: null });
}

function rankOfEntry({ receipt }: JoinAnswer, keys: ReadonlyMap<number, string>): string | null {
  const key = keys.get(receipt.list);
  return key === undefined ? null : rankOf(receipt.list, receipt.lane, lotOf(key, receipt.leaf));
}

async function joinAll(crowd: LineCrowd, left: CrowdAnswer[]): Promise<Waiting[]> {
  const entries = crowd.people.entries();
  const waiting: Waiting[] = [];
  const work = async () => {
    for (const [index, person] of entries) {
      const joined = await join(crowd, person);
      if (joined) waiting.push({ person, index, joined });
      else left.push({ buyerId: person.buyerId, kind: "not_joined", orderId: null });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return waiting;
}

/** Joins, and again while nobody knows whether it has: the same buyer has one entry. */
async function join(crowd: LineCrowd, { token }: Person): Promise<JoinAnswer | null> {
  const route = `POST /api/sale/${crowd.saleId}/line/entry`;
  for (;;) {
    try {
      return await callSite<JoinAnswer>(crowd.siteUrl, route, { token, body: {} });
    } catch (error) {
      const isRefused = / answered 4(?!29)\d\d:/.test((error as Error).message);
      if (isRefused || performance.now() + ASK_AGAIN_MS > crowd.joinUntilMs) return null;
      await sleep(ASK_AGAIN_MS);
    }
  }
}
