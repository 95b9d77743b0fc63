import { isCountedNow, isRefusedNow } from "../../../../core/orders/present-epoch.ts";
import type { GateWord } from "../../../../core/orders/place-order.postgres.ts";
import { type Command, decide, type ReservationEvent } from "../../../../core/reservation/lifecycle.ts";
import { read, write } from "../../engine/operation.ts";
import { callsOf } from "../../engine/process.ts";
import { type Postgres, RESERVATION, stateIn } from "./stores.ts";

/** What a transaction comes to: the order's history, or why nothing was written. */
export type Written = readonly ReservationEvent[] | "stale" | "no row" | "refused";
const inWords = (reply: Written | null): string => {
  if (reply === null) return "";
  return `: ${typeof reply === "string" ? reply : (reply.at(-1)?.kind ?? "")}`;
};

type Report = { readonly command: Command; readonly paymentId: string };

export const postgresOperations = {
  /** `placeOrder`. */
  place: write<Postgres, { readonly first: ReservationEvent; readonly word: GateWord | null }, Written>(
    "postgres",
    ({ first, word }, postgres) => {
      if (postgres.row) return [postgres.row, postgres];
      const isRefusal = word !== null && !word.isCounted;
      const holds = isRefusal
        ? isRefusedNow(word.epoch, postgres.epoch)
        : isCountedNow(RESERVATION.epoch, word?.epoch, postgres.epoch);
      if (!holds) return ["stale", postgres];
      const command: Command = isRefusal ? { kind: "reject", reason: "stale_epoch" } : { kind: "place" };
      const decision = decide(command, stateIn([first]));
      const row = [first, ...(decision.kind === "events" ? decision.events : [])];
      return [row, { ...postgres, row }];
    },
    (_, reply) => `writes A1 to PostgreSQL${inWords(reply)}`,
  ),
  /** `recordEnded`: a hold that ended unpaid has a row, and no law can refuse it. */
  recordEnded: write<Postgres, ReservationEvent, readonly ReservationEvent[]>(
    "postgres",
    (first, postgres) => {
      const row = postgres.row ?? [first];
      return [row, { ...postgres, row }];
    },
    (first) => `writes to PostgreSQL that A1 is ${first.kind}`,
  ),
  /** `decideReports`, for one order. */
  report: write<Postgres, Report, Written>(
    "postgres",
    ({ command, paymentId }, postgres) => {
      if (!postgres.row) return ["no row", postgres];
      const state = stateIn(postgres.row);
      const decision = state.payment?.paymentId === paymentId ? decide(command, state) : null;
      if (decision?.kind !== "events") return ["refused", postgres];
      const row = [...postgres.row, ...decision.events];
      return [row, { ...postgres, row }];
    },
    ({ command }, reply) => `decides in PostgreSQL on ${command.kind}${inWords(reply)}`,
  ),
  beginEpoch: write<Postgres, null, { readonly epoch: number; readonly servedEpoch: number }>(
    "postgres",
    (_, postgres) => {
      const epoch = postgres.epoch + 1;
      return [
        { epoch, servedEpoch: postgres.servedEpoch },
        { ...postgres, epoch },
      ];
    },
    (_, reply) => `begins epoch ${reply?.epoch ?? "another"} in PostgreSQL`,
  ),
  rows: read<Postgres, null, Postgres["row"]>(
    "postgres",
    (_, { row }) => row,
    () => "reads the order rows",
  ),
  serve: write<Postgres, number, "served">(
    "postgres",
    (epoch, postgres) => ["served", { ...postgres, servedEpoch: epoch }],
    (epoch) => `records that epoch ${epoch} is about to be opened`,
  ),
};

export const postgres = callsOf<typeof postgresOperations>("postgres");
