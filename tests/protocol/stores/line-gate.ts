import { happening, read } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import type { LineClock } from "./line-clock.ts";
import type { LineLedger } from "./line-ledger.ts";

/** One unit that an entry has bought, by the step in whose turn it was. */
export type LineOrder = {
  readonly orderId: string;
  readonly buyer: string;
  readonly key: string;
  readonly step: number;
};
export type StepRow = {
  readonly step: number;
  readonly after: string;
  readonly upTo: string;
  readonly isLapsed: boolean;
};

/**
 * What the gate's scripts know of a line (reserve.lua, tend-line.lua, adopt.lua), each entry of one unit. Null: Redis has lost
 * it. What else they know, other worlds show.
 */
export type LineGate = {
  readonly epoch: number;
  /** The epoch in which it was told of the line. */
  readonly lineEpoch: number;
  readonly rows: Readonly<Record<string, StepRow>>;
  readonly lapsedSteps: number;
  readonly available: number;
  readonly orders: readonly LineOrder[];
  /** By buyer, and by step. */
  readonly turns: Readonly<Record<string, number>>;
  readonly units: Readonly<Record<string, number>>;
} | null;

export const lineGate = (available: number): LineGate => ({
  epoch: 1,
  lineEpoch: 1,
  rows: {},
  lapsedSteps: 0,
  available,
  orders: [],
  turns: {},
  units: {},
});

const plus = (counts: Readonly<Record<string, number>>, name: string | number, units: number) => ({
  ...counts,
  [name]: (counts[name] ?? 0) + units,
});

type Open = NonNullable<LineGate>;
const take = (gate: Open, order: LineOrder, counts: boolean): Open => ({
  ...gate,
  available: gate.available - 1,
  orders: [...gate.orders, order],
  turns: counts ? plus(gate.turns, order.buyer, 1) : gate.turns,
  units: counts ? plus(gate.units, order.step, 1) : gate.units,
});

type Asked = LineOrder & { readonly rank: string };
export type Reply =
  | { readonly kind: "reserved" | "replayed"; readonly order: LineOrder; readonly epoch: number }
  | { readonly kind: "lost" | "recovering" | "not_reached" | "lapsed" | "over_turn" | "sold_out" };

/** reserve.lua: the key, then the turn, then what the entry has bought, then the stock. */
function reserve(rules: Rules, asked: Asked, gate: LineGate, clock: LineClock): [Reply, LineGate] {
  if (gate === null) return [{ kind: "lost" }, gate];
  const { rank, ...order } = asked;
  const { epoch } = gate;
  const known = gate.orders.find(({ key }) => key === order.key);
  const turn = turnAt(rules, gate, clock, order.step, rank);
  const isFirst = rules("the gate looks at the key before the turn");
  if (known && (isFirst || turn === "now")) return [{ kind: "replayed", order: known, epoch }, gate];
  if (turn !== "now") return [{ kind: turn }, gate];
  if ((gate.turns[order.buyer] ?? 0) > 0) return [{ kind: "over_turn" }, gate];
  if (gate.available < 1) return [{ kind: "sold_out" }, gate];
  return [{ kind: "reserved", order, epoch }, take(gate, order, true)];
}

/** lib/turn.lua. */
function turnAt(rules: Rules, gate: Open, clock: LineClock, step: number, rank: string) {
  const untold = rules("a gate that was not told asks to wait") ? "recovering" : "not_reached";
  const row = gate.rows[step];
  if (!row) return step <= gate.lapsedSteps ? "lapsed" : untold;
  if (!(row.after < rank && rank <= row.upTo) || clock.holds < step) return "not_reached";
  return row.isLapsed && clock.lapsed >= step ? "lapsed" : "now";
}

type Tend = {
  readonly epoch: number;
  readonly rows: readonly StepRow[];
  readonly lapsedSteps: number;
  /** What was bought before, for a gate that has forgotten it. */
  readonly bought: readonly LineOrder[];
};
export type Tended =
  | { readonly kind: "lost" | "stale" }
  | {
      readonly kind: "tended";
      readonly available: number;
      readonly live: readonly { readonly step: number; readonly units: number }[];
      /** At the same instant. */
      readonly clock: Pick<LineClock, "turnsOver" | "lapsed">;
    };

/** tend-line.lua. A row whose lapse holds goes. */
function tend(asked: Tend, gate: LineGate, clock: LineClock): [Tended, LineGate] {
  if (gate === null) return [{ kind: "lost" }, gate];
  if (gate.epoch !== asked.epoch) return [{ kind: "stale" }, gate];
  let informed: Open = gate;
  if (gate.lineEpoch !== gate.epoch) {
    const { turns, units } = asked.bought.reduce(
      (sums, { buyer, step }) => ({ turns: plus(sums.turns, buyer, 1), units: plus(sums.units, step, 1) }),
      { turns: {}, units: {} },
    );
    informed = { ...gate, lineEpoch: gate.epoch, turns, units };
  }
  // What has lapsed stays so, also when a row of before comes late.
  const news = asked.rows.filter(({ step, isLapsed }) => isLapsed || step > informed.lapsedSteps);
  const rows = { ...informed.rows, ...Object.fromEntries(news.map((row) => [row.step, row])) };
  const lapsedSteps = Math.max(informed.lapsedSteps, asked.lapsedSteps);
  const kept = Object.values(rows).filter(({ step, isLapsed }) => !(isLapsed && clock.lapsed >= step));
  const next = { ...informed, lapsedSteps, rows: Object.fromEntries(kept.map((row) => [row.step, row])) };
  const live = kept.map(({ step }) => ({ step, units: next.units[step] ?? 0 }));
  const { turnsOver, lapsed } = clock;
  return [{ kind: "tended", available: next.available, live, clock: { turnsOver, lapsed } }, next];
}

const onGate = <Args, Answer>(
  kind: "write" | "certain",
  run: (args: Args, gate: LineGate, clock: LineClock) => [Answer, LineGate],
  sentence: (args: Args, answer: Answer | null) => string,
) => ({
  kind,
  on: ["gate", "clock"],
  touches: { reads: ["clock"], writes: ["gate"] },
  run: (args: Args, gate: LineGate, clock: LineClock) => {
    const [reply, next] = run(args, gate, clock);
    return [{ reply, next: [next, clock] }];
  },
  sentence,
});

export const lineGateOperations = (rules: Rules, mode: "waiting_room" | "draw" = "waiting_room") => ({
  reserve: onGate<Asked, Reply>(
    "write",
    (asked, gate, clock) => reserve(rules, asked, gate, clock),
    ({ orderId, key, step }, reply) =>
      `asks the gate with key ${key} in step ${step}, as ${orderId}${reply ? `: ${reply.kind}` : ""}`,
  ),
  tend: onGate<Tend, Tended>("write", tend, ({ rows, bought }, reply) => {
    const steps = rows.map(({ step, isLapsed }) => `step ${step}${isLapsed ? ", lapsed" : ""}`);
    const all = [...steps, ...bought.map(({ orderId }) => `${orderId} bought`)];
    return `tells the gate of ${all.join(" and ") || "nothing new"}${reply ? `: ${reply.kind}` : ""}`;
  }),
  inspect: read<LineGate, null, LineGate>(
    "gate",
    (_, gate) => gate,
    (_, gate) => `looks at the gate${gate ? `: ${gate.available} available` : ""}`,
  ),
  lose: happening<LineGate, null, null>(
    "gate",
    () => [null, null],
    () => "loses the gate's keys",
  ),
  /** A whole recovery; other worlds show its steps. */
  rebuild: {
    kind: "certain" as const,
    on: ["gate", "ledger"],
    run: ({ allocated }: { readonly allocated: number }, gate: LineGate, ledger: LineLedger) => {
      if (gate !== null) return [];
      const epoch = ledger.epoch + 1;
      const kept = Object.values(ledger.orders).filter(({ isRefused }) => !isRefused);
      const orders = kept.map(({ orderId, buyer, key, step }) => ({ orderId, buyer, key, step }));
      const marked = kept.map((order) => [order.orderId, { ...order, countedEpoch: epoch }] as const);
      const available = allocated - kept.length;
      const rebuilt = { ...lineGate(available)!, epoch, lineEpoch: 0, orders };
      // As if it had been told, and had not.
      const opened = rules("what was bought is told before anybody buys")
        ? rebuilt
        : { ...rebuilt, lineEpoch: epoch };
      const next = { epoch, orders: { ...ledger.orders, ...Object.fromEntries(marked) } };
      return [{ reply: null, next: [opened, next] }];
    },
    sentence: () => "rebuilds the gate from the ledger, and waits before for longer than a purchase can run",
  },
  /** adopt.lua, for an order that the rebuild has left out. */
  adopt: {
    kind: "certain" as const,
    on: ["gate", "ledger", "clock"],
    run: (_: null, gate: LineGate, ledger: LineLedger, clock: LineClock) => {
      const order = Object.values(ledger.orders).find(
        ({ countedEpoch, isRefused }) => countedEpoch < ledger.epoch && !isRefused,
      );
      if (gate === null || !order || gate.epoch !== ledger.epoch) return [];
      if (gate.lineEpoch !== gate.epoch) return [];
      const { countedEpoch: _counted, isRefused: _refused, ...plain } = order;
      const isReplaced = gate.orders.some(({ key }) => key === order.key);
      const hasBought =
        (gate.turns[order.buyer] ?? 0) > 0 && rules("an adoption keeps to the entry's quantity");
      const row = gate.rows[order.step];
      const isUntold = !row && order.step > gate.lapsedSteps;
      if (mode === "draw" && isUntold) return [];
      const hasLapsed =
        mode === "draw" &&
        (!row || (row.isLapsed && clock.lapsed >= order.step)) &&
        rules("an adoption takes nothing that was passed on");
      const isRefused = gate.available < 1 || isReplaced || hasBought || hasLapsed;
      const counted = { ...order, isRefused, countedEpoch: ledger.epoch };
      const next = isRefused ? gate : take(gate, plain, rules("an adopted order counts in its turn"));
      const orders = { ...ledger.orders, [order.orderId]: counted };
      return [{ reply: order.orderId, next: [next, { ...ledger, orders }, clock] }];
    },
    sentence: (_: null, orderId: string | null) => `adopts ${orderId ?? "an order"}, or refuses it`,
  },
  /** An operator takes the unit of an order back. */
  giveBack: {
    kind: "certain" as const,
    on: ["gate", "ledger"],
    run: (_: null, gate: LineGate, ledger: LineLedger) =>
      gate === null || gate.orders.length === 0
        ? []
        : [
            {
              reply: gate.orders[0]!.orderId,
              next: [{ ...gate, available: gate.available + 1, orders: gate.orders.slice(1) }, ledger],
            },
          ],
    sentence: (_: null, orderId: string | null) => `takes the unit of ${orderId ?? "an order"} back`,
  },
});

export const gateOfLine = callsOf<ReturnType<typeof lineGateOperations>>("gate");
