import type { AdoptReply, ConfigureReply } from "../../../core/gate/gate-replies.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { happening, type Operation, read, touching, write } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import {
  adopt,
  type Adoption,
  configure,
  type Gate,
  type GateKeys,
  isOpen,
  type Left,
  type Settings,
  settle,
  type When,
  withoutKey,
} from "./gate.ts";
import { begin, type BeginReply, fill, type Filling, type Recovery, resume } from "./gate-recovery.ts";
import type { Time } from "./time.ts";
import { archive, type ArchiveReply, type Recorded } from "./gate-archive.ts";
import { type Attempt, type AttemptReply, reserve } from "./gate-reserve.ts";

type BegunReply = BeginReply & { readonly drain?: number };

type Changed<Reply> = readonly [Reply, GateKeys | null];

/** Scripts that serve buyers: a closed gate only says that it is closed. */
const SERVES = { reads: ["gate.status"], writes: ["gate.inside"] };

const change = <Args, Reply>(
  run: (args: Args, gate: Gate) => Changed<Reply>,
  sentence: (args: Args, reply: Reply | null) => string,
): Operation<Args, Reply> =>
  write(
    "gate",
    (args: Args, gate: Gate) => {
      const [reply, keys] = run(args, gate);
      return [reply, keys === gate.keys ? gate : { ...gate, keys }];
    },
    sentence,
  );

/** The caller waits while the gate is rebuilt; see core/orders/until-open.ts. */
const whenOpen = <Args, Reply>(
  run: (args: Args, gate: Gate) => Changed<Reply>,
  sentence: (args: Args, reply: Reply | null) => string,
): Operation<Args, Reply> =>
  write(
    "gate",
    (args: Args, gate: Gate) => {
      if (gate.keys?.isRecovering) return null;
      const [reply, keys] = run(args, gate);
      return [reply, keys === gate.keys ? gate : { ...gate, keys }];
    },
    sentence,
  );

const kindOf = (reply: { readonly kind: string } | null) => (reply ? `: ${reply.kind}` : "");
const wordOf = (reply: string | null) => (reply ? `: ${reply}` : "");

/** The gate's scripts as models, each held to its Lua by `gate.property.int.test.ts`. */
export function gateOperations(rules: Rules) {
  const numbering = {
    numbersAreStored: rules("numbers are given once"),
    keysAreRemembered: rules("a key is remembered"),
  };
  const recovery = {
    knowsRecoveries: rules("a recovery has an id"),
    knowsFence: rules("the gate knows the fence"),
  };
  const settingsRules = {
    knowsConflicts: rules("a revision is given once"),
    keepsWhenClosed: rules("settings are read under the lock"),
    firstOnlyTightens: rules("the gate is asked first only for less"),
  };
  return {
    /** Starts a stopwatch as well: `since` says which drains came before it. */
    reserve: {
      kind: "write",
      on: ["gate", "time"],
      touches: { reads: ["gate.status", "time.started"], writes: ["gate.inside"] },
      run: (attempt: Attempt, present: Gate, time: Time) => {
        const [reply, keys] = reserve(present, attempt, numbering);
        return [{ reply: { ...reply, since: time.started }, next: [{ ...present, keys }, time] }];
      },
      sentence: ({ quantity, orderId }, reply) =>
        `asks the gate for ${quantity} as ${orderId}${kindOf(reply)}${
          reply?.kind === "reserved" ? `, number ${reply.reservation.n}` : ""
        }`,
    } satisfies Operation<Attempt, AttemptReply & { readonly since: number }>,
    adopt: touching(
      SERVES,
      whenOpen<Adoption, AdoptReply>(
        (asked, { keys }) => adopt(keys, asked, rules("a refusal is remembered")),
        ({ orderId }, reply) => `asks the gate to adopt ${orderId}${kindOf(reply)}`,
      ),
    ),
    settle: touching(
      SERVES,
      whenOpen<Left, "settled" | "unknown" | "lost" | "recovering">(
        (left, { keys }) => settle(keys, left, rules("settle only lowers")),
        ({ orderId, unitsLeft }, reply) =>
          `tells the gate that ${unitsLeft} of ${orderId} are left${wordOf(reply)}`,
      ),
    ),
    /** The old way: so many units come back, however often it is said. */
    release: change<
      { readonly buyerId: string; readonly orderId: string; readonly units: number },
      "released"
    >(
      ({ buyerId, orderId, units }, { keys }) => {
        if (!isOpen(keys)) return ["released", keys];
        const stock = {
          ...keys.stock,
          available: keys.stock.available + units,
          sold: keys.stock.sold - units,
        };
        const orders = (keys.buyers[buyerId] ?? []).map((order) =>
          order.orderId === orderId ? { ...order, unitsLeft: order.unitsLeft - units } : order,
        );
        return ["released", { ...keys, stock, buyers: { ...keys.buyers, [buyerId]: orders } }];
      },
      ({ orderId, units }) => `gives ${units} of ${orderId} back to the gate`,
    ),
    clear: touching(
      { writes: ["gate.inside", "gate.closed"] },
      change<{ readonly orderId: string }, "cleared">(
        ({ orderId }, { keys }) => [
          "cleared",
          keys?.outbox[orderId] ? { ...keys, outbox: withoutKey(keys.outbox, orderId) } : keys,
        ],
        ({ orderId }) => `clears ${orderId} from the outbox`,
      ),
    ),
    configure: change<
      { readonly settings: Settings; readonly revision: number; readonly when: When },
      ConfigureReply
    >(
      (asked, gate) => configure(gate, asked, settingsRules),
      ({ revision, settings, when }, reply) =>
        `gives the gate revision ${revision} (${inShort(settings)}${when === "committed" ? "" : ", to decide on"})${kindOf(reply)}`,
    ),
    /** Whoever waits for purchases under way begins to wait then: `drain` is the number of that wait. */
    begin: {
      kind: "write",
      on: ["gate", "time"],
      touches: { writes: ["gate", "time.started"] },
      run: (asked: Recovery, present: Gate, time: Time) => {
        const [reply, keys] = begin(present.keys, asked, recovery);
        const drain = time.started + 1;
        return reply.kind !== "begun"
          ? [{ reply, next: [present, time] }]
          : [
              {
                reply: { ...reply, drain },
                next: [
                  { ...present, keys },
                  { ...time, started: drain },
                ],
              },
            ];
      },
      sentence: (_, reply) =>
        `closes the gate${reply?.kind === "begun" && reply.wasAlive ? ", which was open and whole" : ""}${kindOf(reply)}`,
    } satisfies Operation<Recovery, BegunReply>,
    refill: touching(
      { reads: ["gate.status"], writes: ["gate.closed"] },
      change<Recovery & { readonly filling: Filling }, "added" | "lost" | "fenced">(
        (asked, { keys }) => fill(keys, asked, recovery),
        ({ filling }, reply) => `fills the gate with ${filling.soldUnits} units sold${wordOf(reply)}`,
      ),
    ),
    resume: change<
      Recovery & { readonly filling: Filling; readonly settings: Settings; readonly revision: number },
      "resumed" | "lost" | "fenced" | "mismatch"
    >(
      (asked, { keys }) => resume(keys, asked, recovery),
      ({ filling }, reply) => `opens epoch ${filling.epoch} of the gate${wordOf(reply)}`,
    ),
    /** Counters, settings and all that it holds, at one instant. */
    inspect: read<Gate, null, Gate>(
      "gate",
      (_, gate) => gate,
      () => "looks at the gate",
    ),
    /** Any reservation in the outbox; the caller waits for one. */
    outbox: {
      kind: "read",
      on: ["gate"],
      run: (_: null, present: Gate) =>
        isOpen(present.keys)
          ? Object.values(present.keys.outbox).map((reservation) => ({ reply: reservation, next: [present] }))
          : [],
      sentence: (_, reply) => `finds ${reply ? reply.orderId : "nothing"} in the outbox`,
    } satisfies Operation<null, Reservation>,
    archive: change<Recorded, ArchiveReply>(
      (recorded, present) => archive(rules, present, recorded),
      (_, reply) => `removes the gate's keys${kindOf(reply)}`,
    ),
    request: change<null, "requested">(
      (_, { keys }) => ["requested", keys && { ...keys, requested: true }],
      () => "asks for a recovery",
    ),
    lose: happening<Gate, null, "lost">(
      "gate",
      (_, gate) => ["lost", { ...gate, keys: null }],
      () => "loses the gate's keys",
    ),
    endRestock: happening<Gate, null, "over">(
      "gate",
      (_, gate) =>
        gate.keys?.isRestocking ? ["over", { ...gate, keys: { ...gate.keys, isRestocking: false } }] : null,
      () => "puts the units that came back on sale",
    ),
  };
}

export const inShort = (settings: Settings) =>
  [
    `${settings.allocated} units`,
    settings.state === "running" ? null : settings.state,
    settings.purchaseLimit === 1 ? null : `limit ${settings.purchaseLimit}`,
    settings.startsAtMs === 0 ? null : `starts ${settings.startsAtMs}`,
    settings.endsAtMs === null ? null : `ends ${settings.endsAtMs}`,
  ]
    .filter((part) => part !== null)
    .join(", ");

export const gate = callsOf<ReturnType<typeof gateOperations>>("gate");
