import { touching, watch } from "../../engine/operation.ts";
import { callsOf } from "../../engine/process.ts";
import { paymentOf } from "./provider.ts";
import {
  type Gate,
  type Ledger,
  type Postgres,
  type Provider,
  type Queue,
  type SaleRecord,
  stateIn,
  type Tasks,
} from "./stores.ts";

type Names = readonly string[];
const watching = (on: Names, isSo: (...stores: never[]) => boolean, sentence: string) =>
  touching({ reads: on }, watch(on, isSo, sentence));

/** When those look who always do. They look each second; only the looks that find something are steps. */
export const watchOperations = {
  isOverdue: watching(
    ["gate", "ledger", "queue", "tasks"],
    (gate: Gate, ledger: Ledger, queue: Queue, tasks: Tasks) =>
      gate.is === "open" &&
      gate.order === "held" &&
      gate.isDue &&
      ledger.entry !== null &&
      queue.length + tasks.length === 0,
    "sees that the hold is overdue",
  ),
  needsRecovery: watching(["gate"], ({ is }: Gate) => is !== "open", "sees that the gate needs a recovery"),
  /** Payments that are not at rest, of an order that nobody is at, and about which something can be done. */
  isForgotten: watching(
    ["ledger", "record", "provider", "queue", "tasks"],
    (ledger: Ledger, record: SaleRecord, { payments }: Provider, queue: Queue, tasks: Tasks) => {
      if (!ledger.isListed || queue.length + tasks.length > 0) return false;
      const { kind } = stateIn(ledger.events);
      const named = Object.keys(ledger.attempts).filter((attempt) => ledger.attempts[attempt] === "named");
      const all = named.map((attempt) => paymentOf(attempt, payments[attempt]!));
      const isPaid = all.some(({ state }) => state === "authorised" || state === "captured");
      // A hold waits for its buyer, or for somebody who knows whether it counts.
      if (kind === "held") return isPaid && isKnown(ledger, record);
      return true;
    },
    "sees an order whose payments nobody has ended",
  ),
  /** `carryOnWishes`: one that nobody is at. */
  isWishLeft: watching(
    ["ledger", "queue", "tasks"],
    ({ isWished }: Ledger, queue: Queue, tasks: Tasks) => isWished && queue.length + tasks.length === 0,
    "sees a wish that nobody has decided on",
  ),
  /** `reconcile`: a hold that ended, and has no row. */
  hasNoRow: watching(
    ["ledger", "postgres", "queue"],
    ({ entry, events }: Ledger, { row }: Postgres, queue: Queue) =>
      entry !== null && events.length > 0 && row === null && queue.length === 0,
    "finds an order that ended or was paid for, and has no row",
  ),
  /** `reconcile`: a hold that no gate counts. */
  isGhost: watching(
    ["gate", "ledger"],
    (gate: Gate, ledger: Ledger) =>
      gate.is === "open" &&
      gate.order === "none" &&
      ledger.entry !== null &&
      stateIn(ledger.events).kind === "held",
    "finds a hold that no gate counts",
  ),
};

const isKnown = ({ entry, marks }: Ledger, { epoch }: SaleRecord): boolean =>
  entry?.epoch === epoch || marks.includes(epoch);

export const watches = callsOf<typeof watchOperations>("watch");
