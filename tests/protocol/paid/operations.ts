import { isCountedNow } from "../../../core/orders/present-epoch.ts";
import { decide, type Command, type ReservationEvent } from "../../../core/reservation/lifecycle.ts";
import { happening, type Operation, read, watch, write } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import {
  type Gate,
  isCounted,
  type Ledger,
  type Message,
  minus,
  plus,
  type Postgres,
  type Provider,
  type Queue,
  type Record,
  RESERVATION,
  stateIn,
  type Task,
  type Tasks,
} from "./stores.ts";

const gateOperations = {
  /** settle.lua: what is left, absolute; only lowers; what was held is so no longer. */
  settle: write<Gate, { readonly unitsLeft: number }, "settled" | "unknown" | "lost" | "recovering">(
    "gate",
    ({ unitsLeft }, gate) => {
      if (gate.is !== "open") return [gate.is === "lost" ? "lost" : "recovering", gate];
      if (gate.order === "none") return ["unknown", gate];
      if (unitsLeft > 0) return ["settled", gate.order === "held" ? { ...gate, order: "sold" } : gate];
      if (gate.order === "ended") return ["settled", gate];
      return ["settled", { ...gate, order: "ended", available: gate.available + 1 }];
    },
    ({ unitsLeft }, reply) => `tells the gate that ${unitsLeft} of A1 are left: ${reply}`,
  ),
  adopt: write<Gate, null, "counted" | "adopted" | "refused" | "none">(
    "gate",
    (_, gate) => {
      if (gate.is !== "open") return ["none", gate];
      if (gate.order !== "none") return [isCounted(gate) ? "counted" : "refused", gate];
      return gate.available > 0
        ? ["adopted", { ...gate, order: "sold", available: gate.available - 1 }]
        : ["refused", { ...gate, order: "ended" }];
    },
    (_, reply) => `asks the gate to adopt A1: ${reply}`,
  ),
  look: read<Gate, null, Gate>(
    "gate",
    (_, gate) => gate,
    () => "looks at the gate",
  ),
  takeUnit: happening<Gate, null, "taken">(
    "gate",
    (_, gate) =>
      gate.is === "open" && gate.available > 0
        ? ["taken", { ...gate, available: gate.available - 1, isTaken: true }]
        : null,
    () => "takes the unit that is on sale",
  ),
  timePasses: happening<Gate, null, "due">(
    "gate",
    (_, gate) => ["due", { ...gate, isDue: true }],
    () => "sees the hold's time go by",
  ),
  lose: happening<Gate, null, "lost">(
    "gate",
    (_, gate) => ["lost", { ...gate, is: "lost", order: "none", available: 0 }],
    () => "loses the gate's keys",
  ),
  close: write<Gate, null, "begun">(
    "gate",
    (_, gate) => ["begun", { ...gate, is: "closed", order: "none", available: 0 }],
    () => "closes the gate",
  ),
  open: write<Gate, { readonly epoch: number; readonly order: "none" | "held" | "sold" | "ended" }, "open">(
    "gate",
    ({ epoch, order }, gate) => {
      const isFree = !gate.isTaken && order !== "held" && order !== "sold";
      return ["open", { ...gate, is: "open", epoch, order, available: isFree ? 1 : 0 }];
    },
    ({ epoch, order }) => `opens epoch ${epoch} of the gate, with A1 as ${order}`,
  ),
};

const ledgerOperations = {
  get: read<Ledger, null, Ledger>(
    "ledger",
    (_, ledger) => ledger,
    (_, reply) =>
      `reads A1 in the ledger${reply ? `: ${reply.entry ? stateIn(reply.events).kind : "it is not there"}` : ""}`,
  ),
  put: write<Ledger, null, "put">(
    "ledger",
    (_, ledger) => ["put", { ...ledger, entry: RESERVATION }],
    () => "puts A1 into the ledger",
  ),
  /** `decideHold`: the event that is there then. */
  first: (rules: Rules) =>
    write<Ledger, ReservationEvent, ReservationEvent>(
      "ledger",
      (event, ledger) => {
        const [present] = ledger.events;
        if (!rules("held has one door")) return [event, { ...ledger, events: [event] }];
        return present ? [present, ledger] : [event, { ...ledger, events: [event] }];
      },
      (event, reply) =>
        `puts ${event.kind} as the first event of A1${reply && reply.id !== event.id ? `: ${reply.kind} is there` : ""}`,
    ),
  copy: write<Ledger, readonly ReservationEvent[], "copied">(
    "ledger",
    (events, ledger) => [
      "copied",
      { ...ledger, events: events.length > ledger.events.length ? events : ledger.events },
    ],
    (events) => `copies ${events.at(-1)?.kind ?? "nothing"} into the ledger`,
  ),
  attempt: write<Ledger, "opened" | "named", "written">(
    "ledger",
    (attempt, ledger) => ["written", ledger.attempt === "named" ? ledger : { ...ledger, attempt }],
    (attempt) => (attempt === "opened" ? "records that a payment is opened" : "records the payment's name"),
  ),
  mark: write<Ledger, number, "marked">(
    "ledger",
    (epoch, ledger) => [
      "marked",
      { ...ledger, marks: [...new Set([...ledger.marks, epoch])].toSorted((a, b) => a - b) },
    ],
    (epoch) => `marks A1 as counted in epoch ${epoch}`,
  ),
};

const recordOperations = {
  get: read<Record, null, Record>(
    "record",
    (_, record) => record,
    (_, reply) => `reads the sale's record${reply ? `: epoch ${reply.epoch}` : ""}`,
  ),
  put: write<Record, number, "put">(
    "record",
    (epoch, record) => ["put", { epoch: Math.max(epoch, record.epoch) }],
    (epoch) => `writes epoch ${epoch} to the sale's record`,
  ),
};

/** What a transaction comes to: the order's history, or why there is none. */
export type Written = readonly ReservationEvent[] | "stale" | "no row" | "refused";

const postgresOperations = {
  /** `placeOrder`. `word`: what a gate has said, and in which epoch. */
  place: write<
    Postgres,
    {
      readonly first: ReservationEvent;
      readonly word: { readonly isCounted: boolean; readonly epoch: number } | null;
    },
    Written
  >(
    "postgres",
    ({ first, word }, postgres) => {
      if (postgres.row) return [postgres.row, postgres];
      const isRefusal = word !== null && !word.isCounted;
      if (isRefusal && word.epoch !== postgres.epoch) return ["stale", postgres];
      if (!isRefusal && !isCountedNow(RESERVATION.epoch, word?.epoch, postgres.epoch))
        return ["stale", postgres];
      const command: Command = isRefusal ? { kind: "reject", reason: "stale_epoch" } : { kind: "place" };
      const decision = decide(command, stateIn([first]));
      const row = [first, ...(decision.kind === "events" ? decision.events : [])];
      return [row, { ...postgres, row }];
    },
    (_, reply) => `writes A1 to PostgreSQL${reply ? `: ${wordOf(reply)}` : ""}`,
  ),
  /** `decideReports`, for one order. */
  report: write<Postgres, Command, Written>(
    "postgres",
    (command, postgres) => {
      if (!postgres.row) return ["no row", postgres];
      const decision = decide(command, stateIn(postgres.row));
      if (decision.kind !== "events") return ["refused", postgres];
      const row = [...postgres.row, ...decision.events];
      return [row, { ...postgres, row }];
    },
    (command, reply) => `decides in PostgreSQL on ${command.kind}${reply ? `: ${wordOf(reply)}` : ""}`,
  ),
  beginEpoch: write<Postgres, null, Postgres>(
    "postgres",
    (_, postgres) => {
      const next = { ...postgres, epoch: postgres.epoch + 1 };
      return [next, next];
    },
    (_, reply) => `begins epoch ${reply?.epoch ?? "another"} in PostgreSQL`,
  ),
  read: read<Postgres, null, Postgres>(
    "postgres",
    (_, postgres) => postgres,
    () => "reads the order rows",
  ),
  serve: write<Postgres, number, "served">(
    "postgres",
    (epoch, postgres) => ["served", { ...postgres, servedEpoch: epoch }],
    (epoch) => `records that epoch ${epoch} is about to be opened`,
  ),
};
const wordOf = (reply: Written): string => (typeof reply === "string" ? reply : (reply.at(-1)?.kind ?? ""));

const queueOf = <Item extends string>(store: "queue" | "tasks", what: string) => ({
  send: write<readonly Item[], Item, "sent">(
    store,
    (item, queue) => ["sent", plus(queue, item)],
    (item) => `sends ${item} to the ${what}`,
  ),
  /** It stays until it is deleted: who dies leaves it. */
  receive: {
    kind: "certain",
    on: [store],
    run: (_: null, queue: readonly Item[]) => queue.map((item) => ({ reply: item, next: [queue] })),
    says: (_, reply) => `gets ${reply} from the ${what}`,
  } satisfies Operation<null, Item>,
  delete: happening<readonly Item[], Item, "deleted">(
    store,
    (item, queue) => ["deleted", minus(queue, item)],
    (item) => `deletes ${item} from the ${what}`,
  ),
});
const messageOperations = queueOf<Message>("queue", "order queue");
const taskOperations = queueOf<Task>("tasks", "payment queue");

const providerOperations = {
  create: write<Provider, null, Provider>(
    "provider",
    (_, provider) => {
      const next: Provider = provider.payment === "none" ? { ...provider, payment: "open" } : provider;
      return [next, next];
    },
    () => "makes the payment at the provider",
  ),
  get: read<Provider, null, Provider>(
    "provider",
    (_, provider) => provider,
    (_, reply) => `reads the payment at the provider${reply ? `: ${reply.payment}` : ""}`,
  ),
  /** What the buyer does on the provider's page. */
  pay: happening<Provider, null, "authorised" | "too late">(
    "provider",
    (_, provider) =>
      provider.payment === "open"
        ? ["authorised", { ...provider, payment: "authorised" }]
        : ["too late", provider],
    (_, reply) => `pays on the provider's page: ${reply}`,
  ),
  /** Only in the state in which it was read. */
  cancel: write<Provider, "open" | "authorised", Provider>(
    "provider",
    (read_, provider) => {
      const next: Provider = provider.payment === read_ ? { ...provider, payment: "cancelled" } : provider;
      return [next, next];
    },
    (read_, reply) => `cancels the ${read_} payment${reply ? `: it is ${reply.payment}` : ""}`,
  ),
  capture: write<Provider, null, Provider>(
    "provider",
    (_, provider) => {
      const isTaken = provider.payment === "authorised" && provider.isBankWilling;
      const next: Provider = isTaken ? { ...provider, payment: "captured" } : provider;
      return [next, next];
    },
    (_, reply) => `captures the payment${reply ? `: it is ${reply.payment}` : ""}`,
  ),
  refund: write<Provider, null, Provider>(
    "provider",
    (_, provider) => {
      const next = { ...provider, isRefunded: true };
      return [next, next];
    },
    () => "gives the money back",
  ),
};

/** When those look who always do. */
const watchOperations = {
  isOverdue: watch(
    ["gate", "ledger", "queue", "tasks"],
    (gate: Gate, ledger: Ledger, queue: Queue, tasks: Tasks) =>
      gate.is === "open" &&
      gate.order === "held" &&
      gate.isDue &&
      ledger.entry !== null &&
      queue.length + tasks.length === 0,
    "sees that the hold is overdue",
  ),
  needsRecovery: watch(["gate"], ({ is }: Gate) => is !== "open", "sees that the gate needs a recovery"),
  /** A payment that is not at its end, of an order that nobody is at. */
  isForgotten: watch(
    ["ledger", "provider", "queue", "tasks"],
    (ledger: Ledger, provider: Provider, queue: Queue, tasks: Tasks) => {
      const { kind, unitsLeft } = stateIn(ledger.events);
      const { payment, isRefunded } = provider;
      const isAtRest =
        kind === "confirmed"
          ? payment === "captured"
          : payment === "cancelled" || payment === "none" || isRefunded;
      const isOpen = payment === "open" && kind === "held";
      return (
        ledger.attempt === "named" &&
        queue.length + tasks.length === 0 &&
        !isOpen &&
        (!isAtRest || (unitsLeft > 0 && kind !== "held" && kind !== "confirmed"))
      );
    },
    "sees a payment that nobody has ended",
  ),
  /** `reconcile`: a hold that no gate counts. */
  isGhost: watch(
    ["gate", "ledger"],
    (gate: Gate, ledger: Ledger) =>
      gate.is === "open" &&
      gate.order === "none" &&
      ledger.entry !== null &&
      stateIn(ledger.events).kind === "held",
    "finds a hold that no gate counts",
  ),
};

/** The cells are the stores: each is small, and every step of it matters. */
export const paidOperations = (rules: Rules) => ({
  gate: gateOperations,
  ledger: { ...ledgerOperations, first: ledgerOperations.first(rules) },
  record: recordOperations,
  postgres: postgresOperations,
  queue: messageOperations,
  tasks: taskOperations,
  provider: providerOperations,
  watch: watchOperations,
});

type Ops = ReturnType<typeof paidOperations>;
export const gate = callsOf<Ops["gate"]>("gate");
export const ledger = callsOf<Ops["ledger"]>("ledger");
export const record = callsOf<Ops["record"]>("record");
export const postgres = callsOf<Ops["postgres"]>("postgres");
export const queue = callsOf<Ops["queue"]>("queue");
export const tasks = callsOf<Ops["tasks"]>("tasks");
export const provider = callsOf<Ops["provider"]>("provider");
export const watches = callsOf<Ops["watch"]>("watch");
