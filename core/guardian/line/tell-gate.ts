import type { Kysely } from "kysely";
import { chunk } from "../../dynamo/write-items.dynamo.ts";
import type { GateView } from "../../gate/gate-view.ts";
import type { Gate } from "../../gate/gate.redis.ts";
import {
  boughtField,
  type BoughtCount,
  type TendReply,
  type ToldLine,
  turnField,
  unitsField,
} from "../../gate/tend-line.ts";
import type { OrderId, SaleId } from "../../ids.ts";
import type { Database } from "../../postgres/database.ts";
import { AHEAD_MS, lapsesAfterMs } from "../../line/lapse.ts";
import type { LineState } from "../../line/line-state.ts";
import type { Ledger } from "../../reservation/ledger.dynamo.ts";
import type { SaleEntry } from "../../reservation/ledger.ts";
import type { ReservationState } from "../../reservation/lifecycle.ts";
import { decidedOrders } from "../recovery.postgres.ts";

/** Counts that one script call takes in. */
const PART_COUNTS = 500;

export type TellDependencies = {
  readonly db: Kysely<Database>;
  readonly gate: Pick<Gate, "tendLine">;
  readonly ledger: Pick<Ledger, "ofSale">;
};

type Told = {
  readonly saleId: SaleId;
  readonly view: GateView;
  readonly fence: number;
  /** By the clock that lapses are written by. */
  readonly nowMs: number;
};

/**
 * Tells the gate of the steps that it does not have, and hears how far all have come. A gate that was rebuilt gets all that
 * entries have bought first, from the ledger; until then nobody buys, so that nothing is missed.
 */
export async function tellGate(
  deps: TellDependencies,
  { saleId, view, fence, nowMs }: Told,
  state: LineState,
): Promise<TendReply> {
  const news: ToldLine = {
    saleId,
    fence,
    epoch: view.epoch,
    steps: state.steps.length,
    lapsedSteps: state.lapsedSteps,
    lapsesAfterMs: lapsesAfterMs(state.rules?.turnSeconds ?? 0),
    lapsesFromMs: nowMs + AHEAD_MS,
    rows: rowsFor(state, view),
    bought: [],
    isWhole: true,
  };
  const { gate } = deps;
  if (view.line.epoch === view.epoch) return gate.tendLine(news);
  const parts = chunk(await readBoughtCounts(deps, saleId, view.epoch), PART_COUNTS);
  for (const bought of parts.slice(0, -1)) {
    const reply = await gate.tendLine({
      ...news,
      steps: 0,
      lapsedSteps: 0,
      rows: [],
      bought,
      isWhole: false,
    });
    if (reply.kind !== "tended") return reply;
  }
  return gate.tendLine({ ...news, bought: parts.at(-1) ?? [] });
}

/** Steps that the gate has not been told of, and those that have lapsed since. */
function rowsFor({ steps }: LineState, { line, epoch, nowMs }: GateView) {
  const isNew = line.epoch !== epoch;
  const [had, hadLapsed] = isNew ? [0, 0] : [line.steps, line.lapsedSteps];
  return steps.filter(
    ({ step, lapsesAtMs }) =>
      (step > had && (lapsesAtMs === null || lapsesAtMs > nowMs)) ||
      (step > hadLapsed && lapsesAtMs !== null),
  );
}

/** What PostgreSQL has decided is read after the ledger: an order that is in neither is one that the rebuild has left out. */
async function readBoughtCounts({ db, ledger }: TellDependencies, saleId: SaleId, epoch: number) {
  const entries = await ledger.ofSale(saleId);
  return boughtCounts(entries, await decidedOrders(db, saleId), epoch);
}

/**
 * What entries have bought, by what the gate of this epoch counts, whatever became of it since: units that came back give
 * nobody a second turn. An order that the rebuild has left out is counted once the gate adopts it, which it never does before
 * it has been told of these.
 */
export function boughtCounts(
  entries: readonly SaleEntry[],
  rows: ReadonlyMap<OrderId, ReservationState>,
  epoch: number,
): BoughtCount[] {
  const counts = new Map<string, BoughtCount>();
  const bought = new Set<string>();
  const add = (hash: BoughtCount["hash"], field: string, count: number) => {
    const before = counts.get(hash + field)?.count ?? 0;
    counts.set(hash + field, { hash, field, count: before + count });
  };
  for (const { reservation, countedEpoch, ...entry } of entries) {
    const { orderId, leaf, list, step, buyerId, quantity } = reservation;
    if (leaf === undefined || list === undefined || step === undefined) continue;
    const { kind } = rows.get(orderId) ?? entry.state;
    if (kind === "rejected" || (kind === "reserved" && countedEpoch !== epoch)) continue;
    add("turns", turnField(list, buyerId), quantity);
    add("steps", unitsField(step), quantity);
    if (bought.has(leaf)) continue;
    bought.add(leaf);
    add("steps", boughtField(step), 1);
  }
  return [...counts.values()];
}
