import type { OrderId } from "../../../core/ids.ts";
import type { Delivery } from "../../../local/payment/webhooks.ts";
import type { LedgerOrder } from "../../verdict/facts.ts";
import { type Violation, violationOf } from "../../verdict/violation.ts";

/** A message that arrives so much after it was made is late. */
const LATE_MS = 1_000;

/** The provider's messages about one order, and what became of it. */
export type Race = {
  readonly orderId: OrderId;
  readonly messages: readonly Delivery[];
  /** Arrivals of a message that had come before. */
  readonly doubled: number;
  /** Messages that first arrived after one that was made later. */
  readonly disordered: number;
  readonly late: number;
  readonly outcome: LedgerOrder["state"] | "none";
};

/** What happened to each order that the provider had something to say of. */
export function racesOf(
  deliveries: readonly Delivery[],
  orders: readonly Pick<LedgerOrder, "orderId" | "state">[],
): Race[] {
  const states = new Map<string, LedgerOrder["state"]>(orders.map(({ orderId, state }) => [orderId, state]));
  const byOrder = Map.groupBy(
    deliveries.filter(({ orderId }) => orderId !== null && states.has(orderId)),
    ({ orderId }) => orderId as OrderId,
  );
  return [...byOrder].map(([orderId, of]) => {
    const messages = of.toSorted((a, b) => a.arrivedAtMs - b.arrivedAtMs);
    const first = messages.filter(
      ({ eventId }, i) => messages.findIndex((message) => message.eventId === eventId) === i,
    );
    return {
      orderId,
      messages,
      doubled: messages.length - first.length,
      disordered: first.filter((message, i) => first.slice(0, i).some((other) => other.made > message.made))
        .length,
      late: messages.filter(({ madeAtMs, arrivedAtMs }) => arrivedAtMs - madeAtMs >= LATE_MS).length,
      outcome: states.get(orderId) ?? "none",
    };
  });
}

const sum = (races: readonly Race[], count: "doubled" | "disordered" | "late"): number =>
  races.reduce((total, race) => total + race[count], 0);

/** The messages in figures, and for each outcome how many orders had messages that misbehaved. */
export function raceReport(races: readonly Race[]): string {
  const arrivals = races.reduce((total, { messages }) => total + messages.length, 0);
  const isRace = ({ doubled, disordered, late }: Race) => doubled + disordered + late > 0;
  const outcomes = [...Map.groupBy(races.filter(isRace), ({ outcome }) => outcome)]
    .map(([outcome, all]) => `${all.length} ${outcome}`)
    .join(", ");
  return [
    `messages      ${arrivals} arrived, about ${races.length} orders: ${sum(races, "doubled")} doubled, ` +
      `${sum(races, "disordered")} out of order, ${sum(races, "late")} late`,
    `outcomes      of the orders that these were about, one each: ${outcomes}`,
  ].join("\n");
}

const isTaken = ({ status }: Delivery): boolean => status >= 200 && status < 300;

/** Whether the run had what it is for, and whether every message was taken. */
export const judgeRaces = (races: readonly Race[]): Violation[] => [
  ...violationOf(
    "line",
    "kinds of messages that did not come: nothing was tested",
    (["doubled", "disordered", "late"] as const).filter((kind) => sum(races, kind) === 0),
  ),
  ...violationOf(
    "line",
    "orders whose messages were not all taken",
    races
      .filter(({ messages }) => {
        const taken = new Set(messages.filter(isTaken).map(({ eventId }) => eventId));
        return messages.some(({ eventId }) => !taken.has(eventId));
      })
      .map(({ orderId }) => orderId),
  ),
];
