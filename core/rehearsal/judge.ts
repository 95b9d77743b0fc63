import type { CrowdAnswer, RehearsalFault, RehearsalLaw, RehearsalVerdict } from "../contract/rehearsal.ts";
import type { Facts } from "../reconciliation/facts.ts";
import { isSettled, type Report } from "../reconciliation/report.ts";
import { type Paid, paidLaws } from "./judge-paid.ts";
import { atLeast, equal, inBoth } from "./law.ts";

/** What a rehearsal's stores say once it has come to rest, and what its crowd was told at last. */
export type Rehearsed = {
  readonly buyers: number;
  readonly units: number;
  readonly fault: RehearsalFault;
  readonly answers: readonly CrowdAnswer[];
  readonly crowdMs: number;
  readonly facts: Facts;
  readonly report: Report;
  readonly traces: Traces;
  /** Why the fault could not be made; null: it was, or none was due. */
  readonly faultFailed: string | null;
  /** Entries in the closed lists of its line; null: it has none. */
  readonly entries: number | null;
  /** Where units are paid for; null: they were free. */
  readonly paid: Paid | null;
};

/** What faults leave in the stores. */
export type Traces = {
  /** Recoveries of its gate that ended. */
  readonly recoveries: number;
  /** By the audit log. */
  readonly paused: number;
  readonly resumed: number;
  /** Purchases that the gate answered by their key, since it had decided them before. */
  readonly replays: number;
};

/** Kinds of answers after which a buyer knows where they stand. */
const FINAL: ReadonlySet<string> = new Set(["accepted", "held", "already_bought", "sold_out", "no_turn"]);

/**
 * Judges a rehearsal by exact counts: what the crowd was told and what each store holds, by id and both ways. A fault that left no
 * trace proves nothing: for each kind there is a law that asks a store, or the audit log, for its trace.
 */
export function judge(rehearsed: Rehearsed): RehearsalVerdict {
  const { answers, crowdMs } = rehearsed;
  const laws = lawsOf(rehearsed);
  return {
    isGo: laws.every(({ holds }) => holds),
    notJudged: null,
    laws,
    answers: countKinds(answers),
    crowdMs,
  };
}

/** The verdict on a rehearsal whose crowd did not run to its end: there is nothing to compare the stores with. */
export const notJudged = (why: string): RehearsalVerdict => ({
  isGo: false,
  notJudged: why,
  laws: [],
  answers: {},
  crowdMs: 0,
});

function lawsOf(rehearsed: Rehearsed): RehearsalLaw[] {
  const { buyers, answers, facts, report, entries, paid } = rehearsed;
  const toldIds = new Set(answers.flatMap(({ orderId }) => (orderId === null ? [] : [orderId as string])));
  const rows = facts.orders.filter(({ unitsLeft }) => unitsLeft > 0);
  return [
    equal("people who came = people who were answered", buyers, answers.length),
    equal("people who do not know where they stand = 0", unfinished(answers), 0),
    ...(paid ? paidLaws(rehearsed, paid, toldIds) : freeLaws(rehearsed, rows, toldIds)),
    equal("buyers with an order = orders", new Set(rows.map(({ buyerId }) => buyerId)).size, rows.length),
    ...report.identities.map(({ name, ...sides }) => ({ law: name, ...sides })),
    equal("differences between the stores = 0", report.differences.length, 0),
    equal("orders that are not settled = 0", isSettled(report) ? 0 : Math.max(1, report.inFlight), 0),
    ...(entries === null ? [] : lineLaws(rehearsed, entries, toldIds)),
    ...faultLaws(rehearsed, toldIds.size),
  ];
}

/** Of a sale that is free: whoever was told of an order has it, and it stays. */
function freeLaws(
  { buyers, units, answers, facts }: Rehearsed,
  rows: Facts["orders"],
  toldIds: ReadonlySet<string>,
): RehearsalLaw[] {
  const rowIds = new Set<string>(rows.map(({ orderId }) => orderId));
  const ledgerIds = new Set<string>(
    facts.ledger
      .filter(({ state }) => state.kind !== "rejected")
      .map(({ reservation }) => reservation.orderId),
  );
  return [
    equal("units sold = the smaller of units and people", rows.length, Math.min(buyers, units)),
    equal("orders that people were told of = order rows", toldIds.size, rowIds.size),
    equal("the same by id", inBoth(toldIds, rowIds), rowIds.size),
    equal(
      "orders that people were told of = the ledger's, by id",
      inBoth(toldIds, ledgerIds),
      ledgerIds.size,
    ),
    equal("orders that people were told of = the gate's, by id", ...sidesOfGate(facts, toldIds)),
    equal("people told sold out while a unit was left = 0", toldTooEarly(answers, rows.length, units), 0),
  ];
}

function sidesOfGate({ gateOrders }: Facts, toldIds: ReadonlySet<string>): [number, number] {
  const ids = new Set<string>(
    gateOrders.filter(({ unitsLeft }) => unitsLeft > 0).map(({ orderId }) => orderId),
  );
  return [inBoth(toldIds, ids), ids.size];
}

/** Whether the fault came, by what it left behind. */
function faultLaws({ fault, faultFailed, traces, answers }: Rehearsed, orders: number): RehearsalLaw[] {
  if (faultFailed !== null)
    return [{ law: `the fault could not be made: ${faultFailed}`, left: 0, right: 1, holds: false }];
  switch (fault) {
    case "none":
      return [];
    case "redis_loss":
      return [atLeast("recoveries of the gate", traces.recoveries, 1)];
    case "pause":
      return [
        atLeast("pauses of the sale in the audit log", traces.paused, 1),
        equal("pauses of the sale = resumptions", traces.paused, traces.resumed),
      ];
    case "sent_twice":
      return [atLeast("repeats that the gate knew by their key", traces.replays, orders)];
    case "answers_lost": {
      const lost = answers.filter(({ isOrderLost }) => isOrderLost).length;
      return [atLeast("repeats that the gate knew by their key", traces.replays, lost)];
    }
    default:
      return fault satisfies never;
  }
}

/** Of a line: nobody's entry is lost, and nobody buys before their turn. */
function lineLaws(
  { answers, facts }: Rehearsed,
  entries: number,
  acceptedIds: ReadonlySet<string>,
): RehearsalLaw[] {
  const joined = answers.filter(({ kind }) => kind !== "not_joined").length;
  const inTurn = facts.ledger.filter(
    ({ reservation: { orderId, step } }) => acceptedIds.has(orderId) && step,
  );
  return [
    equal("people who joined = entries of the line", joined, entries),
    equal("orders that people were told of = orders made in a turn", acceptedIds.size, inTurn.length),
  ];
}

/** Told that there is nothing for them: by the gate, or by the line's end. */
const REFUSED: ReadonlySet<string> = new Set(["sold_out", "no_turn"]);

const unfinished = (answers: readonly CrowdAnswer[]) => answers.filter(({ kind }) => !FINAL.has(kind)).length;

/** Nothing comes back in a rehearsal: a unit that is left at its end was there when somebody was refused. */
const toldTooEarly = (answers: readonly CrowdAnswer[], sold: number, units: number) =>
  sold < units ? answers.filter(({ kind }) => REFUSED.has(kind)).length : 0;

function countKinds(answers: readonly CrowdAnswer[]): Record<string, number> {
  const kinds = Map.groupBy(answers, ({ kind }) => kind);
  return Object.fromEntries([...kinds].map(([kind, same]) => [kind, same.length]));
}
