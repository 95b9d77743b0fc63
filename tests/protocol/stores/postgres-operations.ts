import type { RejectionReason } from "../../../core/contract/order.ts";
import type { OrderId } from "../../../core/ids.ts";
import type { RecordedOrder } from "../../../core/orders/recorded-order.ts";
import type { ReservationState, ReturnWish } from "../../../core/reservation/lifecycle.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { happening, type Operation, read, type Touches, touching, write } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { inShort } from "./gate-operations.ts";
import { isOverAt } from "../../../core/guardian/duties/is-over.ts";
import {
  decideWish,
  type Postgres,
  record,
  recordRejected,
  type Recording,
  type SaleRow,
  stateOf,
} from "./postgres.ts";

/** A transaction that changes the sale's row, or locks it: it waits for whoever has it. */
const transaction = <Args, Reply>(
  run: (args: Args, postgres: Postgres) => readonly [Reply, Postgres],
  sentence: (args: Args, reply: Reply | null) => string,
  { reads = [], writes = [] }: Touches = { writes: ["postgres"] },
): Operation<Args, Reply> =>
  touching(
    { reads: ["postgres.lock", ...reads], writes },
    write(
      "postgres",
      (args: Args, postgres: Postgres) => (postgres.lockedBy === null ? run(args, postgres) : null),
      sentence,
    ),
  );

const WRITES_ROWS = { reads: ["postgres.epoch", "postgres.settings"], writes: ["postgres.rows"] };

/** The end of a transaction that has the row. "aborted": it took too long, and nothing of it holds. */
const ending = <Args extends { readonly by: string }>(
  run: (args: Args, sale: SaleRow) => SaleRow,
  sentence: (args: Args) => string,
): Operation<Args, "committed" | "aborted"> =>
  write(
    "postgres",
    (args: Args, postgres: Postgres) =>
      postgres.lockedBy === args.by
        ? ["committed", { ...postgres, sale: run(args, postgres.sale), lockedBy: null }]
        : ["aborted", postgres],
    (args, reply) => `${sentence(args)}${reply === "aborted" ? ": too late, nothing of it holds" : ""}`,
  );

type BegunEpoch = { readonly epoch: number; readonly servedEpoch: number };

/** The sale without its counters, which are the rows'. */
export type FoundSale = Pick<SaleRow, "settings" | "revision" | "epoch" | "fence" | "isClosed">;
const foundSale = ({ settings, revision, epoch, fence, isClosed }: SaleRow): FoundSale => ({
  settings,
  revision,
  epoch,
  fence,
  isClosed,
});

const change = (postgres: Postgres, fields: Partial<SaleRow>): Postgres => ({
  ...postgres,
  sale: { ...postgres.sale, ...fields },
});

const recorded = (reply: Recording | null) => {
  if (reply === null) return "";
  if (reply.kind === "recorded") return `: ${stateOf(reply.order).kind}`;
  return reply.kind === "broke" ? `: refused, ${reply.reason}` : ": it is of an older epoch";
};

/** PostgreSQL as models of its transactions; `orders.property.int.test.ts` holds them to the real one. */
export const postgresOperations = (rules: Rules) => ({
  record: transaction<
    { readonly reservation: Reservation; readonly countedIn?: number | "ever" | undefined },
    Recording
  >(
    ({ reservation, countedIn }, postgres) => record(postgres, reservation, countedIn),
    ({ reservation }, reply) => `writes ${reservation.orderId} to PostgreSQL${recorded(reply)}`,
    WRITES_ROWS,
  ),
  recordRejected: transaction<
    {
      readonly reservation: Reservation;
      readonly reason: RejectionReason;
      readonly refusedIn?: number | undefined;
    },
    Recording
  >(
    ({ reservation, reason, refusedIn }, postgres) =>
      recordRejected(postgres, reservation, reason, refusedIn),
    ({ reservation, reason }, reply) =>
      `writes ${reservation.orderId} to PostgreSQL as rejected, ${reason}${recorded(reply)}`,
    WRITES_ROWS,
  ),
  decideWish: transaction<{ readonly orderId: OrderId; readonly wish: ReturnWish }, RecordedOrder | null>(
    ({ orderId, wish }, postgres) => decideWish(postgres, orderId, wish),
    ({ orderId, wish }, reply) =>
      `decides in PostgreSQL on ${wish.wishId}${reply ? `: ${stateOf(reply).unitsLeft} of ${orderId} are left` : ""}`,
  ),
  giveRevision: transaction<{ readonly count: number }, number>(
    ({ count }, postgres) => {
      const revision = postgres.sale.revisionGiven + count;
      return [revision, change(postgres, { revisionGiven: revision })];
    },
    (_, reply) => `takes a revision from PostgreSQL${reply ? `: ${reply}` : ""}`,
    { writes: ["postgres.given"] },
  ),
  beginEpoch: transaction<{ readonly fence: number }, BegunEpoch | "fenced">(
    ({ fence }, postgres) => {
      const { sale } = postgres;
      if (rules("PostgreSQL knows the fence") && sale.fence > fence) return ["fenced", postgres];
      const epoch = sale.epoch + 1;
      return [{ epoch, servedEpoch: sale.servedEpoch }, change(postgres, { epoch, fence })];
    },
    (_, reply) =>
      `begins ${reply === null ? "an epoch" : reply === "fenced" ? "an epoch: fenced" : `epoch ${reply.epoch}`} in PostgreSQL`,
    { reads: ["postgres.served"], writes: ["postgres.epoch"] },
  ),
  serveEpoch: transaction<{ readonly epoch: number; readonly fence: number }, "served" | "fenced">(
    ({ epoch, fence }, postgres) =>
      postgres.sale.epoch === epoch && postgres.sale.fence === fence
        ? ["served", change(postgres, { servedEpoch: epoch })]
        : ["fenced", postgres],
    ({ epoch }, reply) =>
      `records that epoch ${epoch} is about to be opened${reply === "fenced" ? ": fenced" : ""}`,
    { reads: ["postgres.epoch"], writes: ["postgres.served"] },
  ),
  /** Takes the row for a transaction that goes on. */
  lock: transaction<{ readonly by: string }, FoundSale>(
    ({ by }, postgres) => [foundSale(postgres.sale), { ...postgres, lockedBy: by }],
    () => "locks the sale's row",
  ),
  store: ending<{ readonly by: string; readonly sale: Partial<SaleRow> }>(
    ({ sale }, present) => ({ ...present, ...sale }),
    ({ sale }) =>
      `commits revision ${sale.revision ?? "?"}${sale.settings ? ` (${inShort(sale.settings)})` : ""} in PostgreSQL`,
  ),
  release: ending<{ readonly by: string }>(
    (_, sale) => sale,
    () => "ends its transaction",
  ),
  /** Of one who died, was frozen, or saw an error. */
  giveUp: happening<Postgres, null, "aborted">(
    "postgres",
    (_, postgres) => (postgres.lockedBy === null ? null : ["aborted", { ...postgres, lockedBy: null }]),
    () => "ends a transaction that takes too long",
  ),
  /** `closeSale`'s transaction. */
  close: transaction<
    { readonly seen: FoundSale; readonly revision: number; readonly nowMs: number },
    boolean
  >(
    ({ seen, revision, nowMs }, postgres) => {
      const { sale } = postgres;
      const isSame = sale.revision === seen.revision && sale.epoch === seen.epoch;
      const mayClose = !rules("closing is conditional on the revision") || isSame;
      if (
        !mayClose ||
        !isOverAt(rules("closing is conditional on the revision") ? sale.settings : seen.settings, nowMs)
      )
        return [false, postgres];
      return [true, change(postgres, { isClosed: true, revision })];
    },
    (_, reply) => `closes the sale${reply === false ? ": it was changed, and stays open" : ""}`,
  ),
  /** `syncSettings`'s transaction: the settings stay, under a new revision. */
  renumber: transaction<{ readonly revision: number }, FoundSale | null>(
    ({ revision }, postgres) => {
      if (postgres.sale.revision >= revision) return [null, postgres];
      const renumbered = change(postgres, { revision });
      return [foundSale(renumbered.sale), renumbered];
    },
    ({ revision }) => `makes the present settings revision ${revision}`,
  ),
  /** `recordArchive`'s transaction. */
  recordArchive: transaction<{ readonly seen: FoundSale; readonly revision: number }, FoundSale | null>(
    ({ seen, revision }, postgres) => {
      const { sale } = postgres;
      if (sale.revision !== seen.revision || sale.epoch !== seen.epoch || !sale.isClosed)
        return [null, postgres];
      const kept = change(postgres, { revision, isArchived: true });
      return [foundSale(kept.sale), kept];
    },
    (_, reply) => `records what the gate says${reply === null ? ": the sale was changed" : ""}`,
  ),
  findSale: touching(
    { reads: ["postgres.settings", "postgres.epoch"] },
    read<Postgres, null, FoundSale>(
      "postgres",
      (_, { sale }) => foundSale(sale),
      (_, reply) =>
        `reads the sale in PostgreSQL${reply ? `: epoch ${reply.epoch}, revision ${reply.revision}` : ""}`,
    ),
  ),
  rows: read<Postgres, null, Postgres>(
    "postgres",
    (_, postgres) => postgres,
    () => "reads all order rows and their sum",
  ),
  decidedOrders: touching(
    { reads: ["postgres.rows"] },
    read<Postgres, null, Readonly<Record<string, ReservationState>>>(
      "postgres",
      (_, { rows }) =>
        Object.fromEntries(Object.entries(rows).map(([id, order]) => [id, decidedState(order)])),
      (_, reply) => `reads the order rows: ${Object.keys(reply ?? {}).join(", ") || "none"}`,
    ),
  ),
});

/** As `decidedOrders` reads it from the row, without the events. */
function decidedState(order: RecordedOrder): ReservationState {
  const state = stateOf(order);
  const known = {
    number: state.number,
    unitsLeft: state.unitsLeft,
    unitsWithheld: state.unitsWithheld,
    wishes: [],
  };
  return state.kind === "rejected"
    ? { ...known, kind: "rejected", reason: state.reason }
    : { ...known, kind: state.kind };
}

export const postgres = callsOf<ReturnType<typeof postgresOperations>>("postgres");
