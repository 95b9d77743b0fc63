import { isOverAt } from "../../core/guardian/duties/is-over.ts";
import { isSettled } from "../../core/reconciliation/report.ts";
import { isConserved } from "../../core/sale/stock.ts";
import type { Law } from "./engine/world.ts";
import { reportOf, stockOf } from "./facts.ts";
import { type Gate, isOpen, ordersOf } from "./stores/gate.ts";
import { inShort } from "./stores/gate-operations.ts";
import type { Ledger } from "./stores/ledger.ts";
import { type Postgres, stateOf } from "./stores/postgres.ts";
import type { Queue } from "./stores/queue.ts";
import type { SaleRecord } from "./stores/sale-record.ts";

type ToldAll = Readonly<Record<string, Readonly<Record<string, true>>>>;

/** "Conservation", in the gate. */
const conservation: Law = {
  name: "conservation",
  on: ["gate"],
  broken: ({ keys }: Gate) => {
    if (!isOpen(keys)) return null;
    if (!isConserved(stockOf(keys))) return `the stock is ${JSON.stringify(stockOf(keys))}`;
    const orders = ordersOf(keys);
    const sold = orders.reduce((sum, { unitsLeft }) => sum + unitsLeft, 0);
    return sold === keys.stock.sold
      ? null
      : `the gate counts ${keys.stock.sold} units, its buyers have ${sold}`;
  },
};

/** "One per buyer", or the purchase limit, in gate and PostgreSQL. */
const withinLimit: Law = {
  name: "the purchase limit",
  on: ["gate", "postgres"],
  broken: ({ keys }: Gate, { rows, sale }: Postgres) => {
    const units = new Map<string, number>();
    for (const order of Object.values(rows)) {
      const { buyerId } = order.reservation;
      units.set(buyerId, (units.get(buyerId) ?? 0) + stateOf(order).unitsLeft);
    }
    const inRows = [...units.values()].some((had) => had > sale.settings.purchaseLimit);
    if (inRows) return "a buyer has more units in PostgreSQL than the limit";
    if (!isOpen(keys)) return null;
    const limit = keys.settings.purchaseLimit;
    const inGate = Object.values(keys.buyers).some(
      (orders) => orders.reduce((sum, { unitsLeft }) => sum + unitsLeft, 0) > limit,
    );
    return inGate ? "a buyer has more units in the gate than the limit" : null;
  },
};

/** A reservation's number is given once. */
const numbers: Law = {
  name: "numbers are given once",
  on: ["ledger"],
  broken: ({ entries }: Ledger) => {
    const seen = new Map<string, string>();
    for (const { reservation } of Object.values(entries)) {
      const name = `${reservation.buyerId}'s number ${reservation.n}`;
      const other = seen.get(name);
      if (other) return `${other} and ${reservation.orderId} are both ${name}`;
      seen.set(name, reservation.orderId);
    }
    return null;
  },
};

/** "PostgreSQL refuses what must not be": never more sold than allocated. */
const neverOver: Law = {
  name: "PostgreSQL never has more than was allocated",
  on: ["postgres"],
  broken: ({ rows, sale }: Postgres) => {
    const sold = Object.values(rows).reduce((sum, order) => sum + stateOf(order).unitsLeft, 0);
    if (sold !== sale.sold) return `its counter sentence ${sale.sold}, its rows ${sold}`;
    const taken = sale.sold + sale.withheld;
    return taken > sale.settings.allocated ? `${taken} of ${sale.settings.allocated} are taken` : null;
  },
};

/** "Accepted is final" and "nothing untrue": who was told accepted is never rejected, and the other way about. */
const acceptedIsFinal: Law = {
  name: "accepted is final",
  on: ["told", "postgres"],
  broken: (told: ToldAll, { rows }: Postgres) => {
    for (const [orderId, words] of Object.entries(told)) {
      const order = rows[orderId];
      const state = order && stateOf(order);
      if ((words["accepted"] || words["confirmed"]) && state?.kind === "rejected")
        return `${orderId} was told accepted, and is rejected (${state.reason})`;
      if (words["rejected"] && state?.kind !== "rejected") return `${orderId} was told rejected, and is not`;
    }
    return null;
  },
};

/** Hold after every step of every world. */
export const lawsThatAlwaysHold: readonly Law[] = [
  conservation,
  withinLimit,
  numbers,
  neverOver,
  acceptedIsFinal,
];

/** "One truth": the stores agree, and nothing is undone. */
const oneTruth: Law = {
  name: "one truth",
  on: ["gate", "postgres", "ledger", "queue"],
  broken: (gate: Gate, postgres: Postgres, ledger: Ledger, queue: Queue) => {
    const report = reportOf(gate, postgres, ledger, queue);
    if (!report && postgres.sale.isClosed && postgres.sale.isArchived) return null;
    if (!report) return "the gate is lost or closed, and nobody opens it";
    const wrong = report.identities.filter(({ holds }) => !holds);
    if (wrong.length > 0)
      return wrong.map(({ name, left, right }) => `${name}: ${left} and ${right}`).join("; ");
    if (isSettled(report)) return null;
    const [difference] = report.differences;
    if (difference) return `${difference.orderId}: ${difference.kind}`;
    return `${report.inFlight} on the way and ${report.undecided} undecided, and nobody goes on with them`;
  },
};

/** Every accepted order has a row, and the ledger knows what became of it. */
const acceptedBecomesAnOrder: Law = {
  name: "accepted becomes an order",
  on: ["told", "postgres", "ledger"],
  broken: (told: ToldAll, { rows }: Postgres, { entries }: Ledger) => {
    for (const [orderId, words] of Object.entries(told)) {
      if (words["accepted"] && !rows[orderId]) return `${orderId} was told accepted, and has no order`;
    }
    for (const [orderId, order] of Object.entries(rows)) {
      if (entries[orderId]?.events.length !== order.history.length)
        return `the ledger does not know what became of ${orderId}`;
    }
    return null;
  },
};

/** The gate has the settings that PostgreSQL has. */
const sameSettings: Law = {
  name: "the same settings everywhere",
  on: ["gate", "postgres"],
  broken: ({ keys }: Gate, { sale }: Postgres) => {
    const [inPostgres, inGate] = [inShort(sale.settings), isOpen(keys) ? inShort(keys.settings) : null];
    return inGate === null || inGate === inPostgres
      ? null
      : `the gate has ${inGate}; PostgreSQL ${inPostgres}`;
  },
};

/** So has the copy that shoppers see. */
export const sameRecord: Law = {
  name: "the sale's record is PostgreSQL's",
  on: ["record", "postgres"],
  broken: ({ settings, isClosed }: SaleRecord, { sale }: Postgres) =>
    inShort(settings) === inShort(sale.settings) && isClosed === sale.isClosed
      ? null
      : `the record has ${inShort(settings)}; PostgreSQL ${inShort(sale.settings)}`,
};

/** Hold once everything is at rest, whoever stopped for ever on the way. */
export const lawsAtRest: readonly Law[] = [oneTruth, acceptedBecomesAnOrder, sameSettings, sameRecord];

/** The gate sells by nothing that PostgreSQL does not hold: it is asked first only for less, and told of more last. */
export const neverLooser: Law = {
  name: "the gate is never looser than PostgreSQL",
  on: ["gate", "postgres"],
  broken: ({ keys }: Gate, { sale }: Postgres) => {
    if (!isOpen(keys)) return null;
    const { allocated, purchaseLimit, startsAtMs } = sale.settings;
    const has = keys.settings;
    const isLooser =
      has.allocated > allocated || has.purchaseLimit > purchaseLimit || has.startsAtMs < startsAtMs;
    return isLooser ? `the gate has ${inShort(has)}; PostgreSQL ${inShort(sale.settings)}` : null;
  },
};

/** What was told to be in force is, until PostgreSQL has something else. */
export const inForceIsInForce: Law = {
  name: "in force is in force",
  on: ["told", "gate", "postgres"],
  broken: (told: ToldAll, { keys }: Gate, { sale }: Postgres) => {
    const { state } = sale.settings;
    if (!isOpen(keys) || !told[state]?.["in force"] || keys.settings.state === state) return null;
    return `it was told to be in force that the sale is ${state}, and the gate is ${keys.settings.state}`;
  },
};

/** Nobody looks after a closed sale; so it is over. */
export const closedIsOver: Law = {
  name: "a closed sale is over",
  on: ["gate", "postgres"],
  broken: ({ nowMs }: Gate, { sale }: Postgres) =>
    sale.isClosed && !isOverAt(sale.settings, nowMs) ? "it goes on, and nobody looks after it" : null,
};

/** One key is one order. */
export const oneOrderForAKey: Law = {
  name: "one key is one order",
  on: ["gate"],
  broken: ({ keys }: Gate) => {
    const seen = new Set<string>();
    for (const { buyerId, keyHash } of keys ? ordersOf(keys) : []) {
      if (seen.has(`${buyerId} ${keyHash}`)) return `${buyerId} has two orders of one key`;
      seen.add(`${buyerId} ${keyHash}`);
    }
    return null;
  },
};

/** Only the gate of a sale that is over is removed, and only once what it says is recorded. */
export const nothingIsThrownAway: Law = {
  name: "an archive throws nothing away",
  on: ["told"],
  broken: (told: ToldAll) => {
    const [word] = Object.keys(told["the archive"] ?? {});
    return word === undefined ? null : `the archive ${word}`;
  },
};
