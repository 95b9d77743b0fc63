import type { ReservationEvent, ReservationState } from "../../../../core/reservation/lifecycle.ts";
import { read, touching, write } from "../../engine/operation.ts";
import { callsOf } from "../../engine/process.ts";
import type { Rules } from "../../rules.ts";
import { type Attempts, type Ledger, RESERVATION, type SaleRecord, stateIn } from "./stores.ts";

/** The cells of a ledger; those that laws speak of lie under "ledger.entries". */
const EVENTS = "ledger.entries.events";
const ENTRY = "ledger.entries.entry";
const ATTEMPTS = "ledger.attempts";
const MARKS = "ledger.marks";
const LISTED = "ledger.listed";
const WISHED = "ledger.wished";

/** How an order stands; whoever reads it forgets what else the ledger says. */
export type Standing = {
  /** Null: there is no entry. */
  readonly kind: ReservationState["kind"] | null;
  readonly number: number;
  readonly unitsLeft: number;
  readonly paymentId: string | null;
};

export const ledgerOperations = (rules: Rules) => ({
  get: touching(
    { reads: [ENTRY, EVENTS] },
    read<Ledger, null, Standing>(
      "ledger",
      (_, { entry, events }) => {
        const { kind, number, unitsLeft, payment } = stateIn(events);
        return { kind: entry && kind, number, unitsLeft, paymentId: payment?.paymentId ?? null };
      },
      (_, reply) => `reads A1 in the ledger${reply ? `: ${reply.kind ?? "it is not there"}` : ""}`,
    ),
  ),
  /** The events alone, for whoever goes on with the order. */
  events: touching(
    { reads: [EVENTS] },
    read<Ledger, null, readonly ReservationEvent[]>(
      "ledger",
      (_, { events }) => events,
      (_, reply) => `reads what became of A1${reply ? `: ${reply.at(-1)?.kind ?? "nothing"}` : ""}`,
    ),
  ),
  attempts: touching(
    { reads: [ATTEMPTS] },
    read<Ledger, null, Attempts>(
      "ledger",
      (_, { attempts }) => attempts,
      (_, reply) =>
        `reads the attempts to pay${
          reply
            ? `: ${
                Object.entries(reply)
                  .map(([attempt, is]) => `${attempt} ${is}`)
                  .join(", ") || "none"
              }`
            : ""
        }`,
    ),
  ),
  put: touching(
    { writes: [ENTRY] },
    write<Ledger, null, "put">(
      "ledger",
      (_, ledger) => ["put", { ...ledger, entry: RESERVATION }],
      () => "puts A1 into the ledger",
    ),
  ),
  /** `ledger.decideHold`: the event that is there then. */
  decideHold: touching(
    { reads: [EVENTS], writes: [EVENTS] },
    write<Ledger, ReservationEvent, ReservationEvent>(
      "ledger",
      (event, ledger) => {
        const [present] = ledger.events;
        if (present && rules("held has one door")) return [present, ledger];
        return [event, { ...ledger, events: [event] }];
      },
      (event, reply) =>
        `puts ${event.kind} as the first event of A1${reply && reply.id !== event.id ? `: ${reply.kind} is there` : ""}`,
    ),
  ),
  copy: touching(
    { writes: [EVENTS] },
    write<Ledger, readonly ReservationEvent[], "copied">(
      "ledger",
      (events, ledger) => [
        "copied",
        { ...ledger, events: events.length > ledger.events.length ? events : ledger.events },
      ],
      (events) => `copies ${events.at(-1)?.kind ?? "nothing"} into the ledger`,
    ),
  ),
  openPayment: touching(
    { reads: [ATTEMPTS], writes: [ATTEMPTS] },
    write<Ledger, string, "written" | "present">(
      "ledger",
      (attempt, ledger) =>
        ledger.attempts[attempt]
          ? ["present", ledger]
          : ["written", { ...ledger, attempts: { ...ledger.attempts, [attempt]: "opened" } }],
      (attempt) => `writes attempt ${attempt} to pay into the ledger`,
    ),
  ),
  namePayment: touching(
    { writes: [ATTEMPTS] },
    write<Ledger, string, "written">(
      "ledger",
      (attempt, ledger) => ["written", { ...ledger, attempts: { ...ledger.attempts, [attempt]: "named" } }],
      (attempt) => `writes the provider's name of attempt ${attempt} into the ledger`,
    ),
  ),
  mark: touching(
    { writes: [MARKS] },
    write<Ledger, number, "marked">(
      "ledger",
      (epoch, ledger) => [
        "marked",
        { ...ledger, marks: [...new Set([...ledger.marks, epoch])].toSorted((a, b) => a - b) },
      ],
      (epoch) => `marks A1 as counted in epoch ${epoch}`,
    ),
  ),
  isMarked: touching(
    { reads: [MARKS] },
    read<Ledger, number, boolean>(
      "ledger",
      (epoch, { marks }) => marks.includes(epoch),
      (epoch, reply) => `looks for a mark of epoch ${epoch}: ${reply ? "there is one" : "none"}`,
    ),
  ),
  /** All of the sale, for a rebuild. */
  ofSale: read<Ledger, null, Ledger>(
    "ledger",
    (_, ledger) => ledger,
    (_, reply) => `reads the ledger${reply ? `: ${reply.entry ? stateIn(reply.events).kind : "empty"}` : ""}`,
  ),
  list: touching(
    { writes: [LISTED] },
    write<Ledger, null, "listed">(
      "ledger",
      (_, ledger) => ["listed", { ...ledger, isListed: true }],
      () => "lists A1 among the orders with open payments",
    ),
  ),
  /** `openWishes.add`, before the wish goes anywhere. */
  wish: touching(
    { writes: [WISHED] },
    write<Ledger, null, "listed">(
      "ledger",
      (_, ledger) => ["listed", { ...ledger, isWished: true }],
      () => "lists the wish to cancel A1",
    ),
  ),
  unwish: touching(
    { writes: [WISHED] },
    write<Ledger, null, "removed">(
      "ledger",
      (_, ledger) => ["removed", { ...ledger, isWished: false }],
      () => "takes the wish to cancel A1 from the list",
    ),
  ),
  unlist: touching(
    { writes: [LISTED] },
    write<Ledger, null, "removed">(
      "ledger",
      (_, ledger) => ["removed", { ...ledger, isListed: false }],
      () => "takes A1 from the list of open payments",
    ),
  ),
});

export const recordOperations = {
  get: read<SaleRecord, null, number>(
    "record",
    (_, record) => record.epoch,
    (_, reply) => `reads the sale's record${reply ? `: epoch ${reply}` : ""}`,
  ),
  put: write<SaleRecord, number, "put">(
    "record",
    (epoch, record) => ["put", { epoch: Math.max(epoch, record.epoch) }],
    (epoch) => `writes epoch ${epoch} to the sale's record`,
  ),
};

export const ledger = callsOf<ReturnType<typeof ledgerOperations>>("ledger");
export const record = callsOf<typeof recordOperations>("record");
