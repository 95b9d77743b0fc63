import type { SaleEntry } from "../../../core/reservation/ledger.ts";
import { type ReservationEvent, stateAfter } from "../../../core/reservation/lifecycle.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { read, touching, write } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";

/** The ledger: entries, each with its events, and the marks of epochs. */
export type Ledger = {
  readonly entries: Readonly<
    Record<string, { readonly reservation: Reservation; readonly events: readonly ReservationEvent[] }>
  >;
  /** Epoch → orders that its gate counted. */
  readonly marks: Readonly<Record<number, Readonly<Record<string, true>>>>;
};

export const emptyLedger: Ledger = { entries: {}, marks: {} };

/** Every entry of the sale as `ofSale` answers it. */
export function entriesOf({ entries, marks }: Ledger): SaleEntry[] {
  return Object.values(entries).map(({ reservation, events }) => {
    const marked = Object.keys(marks).filter((epoch) => marks[Number(epoch)]?.[reservation.orderId]);
    return {
      reservation,
      state: stateAfter(reservation.quantity, events),
      countedEpoch: Math.max(reservation.epoch, ...marked.map(Number)),
    };
  });
}

export type Copied = { readonly orderId: string; readonly events: readonly ReservationEvent[] };

/** Only what is not there. */
export const put = (ledger: Ledger, reservation: Reservation): Ledger =>
  ledger.entries[reservation.orderId]
    ? ledger
    : {
        ...ledger,
        entries: { ...ledger.entries, [reservation.orderId]: { reservation, events: [] } },
      };

function mark(ledger: Ledger, orderIds: readonly string[], epoch: number): Ledger {
  if (orderIds.length === 0) return ledger;
  const marked = Object.fromEntries(orderIds.map((orderId) => [orderId, true as const]));
  return { ...ledger, marks: { ...ledger.marks, [epoch]: { ...ledger.marks[epoch], ...marked } } };
}

function copy(ledger: Ledger, { orderId, events }: Copied): Ledger {
  const entry = ledger.entries[orderId];
  if (!entry) return ledger;
  const byNumber = new Map([...entry.events, ...events].map((event) => [event.number, event]));
  const all = [...byNumber.values()].toSorted((a, b) => a.number - b.number);
  return { ...ledger, entries: { ...ledger.entries, [orderId]: { ...entry, events: all } } };
}

/** The ledger's calls as models; `ledger.property.int.test.ts` holds them to DynamoDB. */
export const ledgerOperations = {
  /** Nobody who puts goes by whether it was there already. */
  put: touching(
    { adds: ["ledger.entries"] },
    write<Ledger, Reservation, "put">(
      "ledger",
      (reservation, ledger) => ["put", put(ledger, reservation)],
      ({ orderId }) => `puts ${orderId} into the ledger`,
    ),
  ),
  get: read<Ledger, { readonly orderId: string }, SaleEntry | null>(
    "ledger",
    ({ orderId }, ledger) =>
      entriesOf(ledger).find(({ reservation }) => reservation.orderId === orderId) ?? null,
    ({ orderId }, reply) =>
      `reads ${orderId} in the ledger${reply ? `: ${reply.state.kind}` : ": it is not there"}`,
  ),
  ofSale: read<Ledger, null, readonly SaleEntry[]>(
    "ledger",
    (_, ledger) => entriesOf(ledger),
    (_, reply) =>
      `reads the ledger: ${reply?.map(({ reservation }) => reservation.orderId).join(", ") || "nothing"}`,
  ),
  whole: read<Ledger, null, Ledger>(
    "ledger",
    (_, ledger) => ledger,
    () => "reads the whole ledger",
  ),
  copyEvents: touching(
    { adds: ["ledger.events"] },
    write<Ledger, readonly Copied[], "copied">(
      "ledger",
      (copies, ledger) => ["copied", copies.reduce(copy, ledger)],
      (copies) => `copies what became of ${copies.map(({ orderId }) => orderId).join(", ")} into the ledger`,
    ),
  ),
  mark: touching(
    { adds: ["ledger.marks"] },
    write<Ledger, { readonly orderIds: readonly string[]; readonly epoch: number }, "marked">(
      "ledger",
      ({ orderIds, epoch }, ledger) => ["marked", mark(ledger, orderIds, epoch)],
      ({ orderIds, epoch }) => `marks ${orderIds.join(", ") || "nothing"} as counted in epoch ${epoch}`,
    ),
  ),
  isMarked: touching(
    { reads: ["ledger.marks"] },
    read<Ledger, { readonly orderId: string; readonly epoch: number }, boolean>(
      "ledger",
      ({ orderId, epoch }, { marks }) => marks[epoch]?.[orderId] === true,
      ({ orderId, epoch }, reply) =>
        `looks for the mark of ${orderId} of epoch ${epoch}${reply === null ? "" : reply ? ": it is there" : ": there is none"}`,
    ),
  ),
};

export const ledger = callsOf<typeof ledgerOperations>("ledger");
