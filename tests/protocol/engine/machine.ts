import { LateCalls } from "./late-calls.ts";
import { Nodes, UNANSWERED } from "./nodes.ts";
import { outcomesOf } from "./outcomes.ts";
import type { Call, Told } from "./process.ts";
import { Interner } from "./value.ts";
import { LATE, TOLD, type World } from "./world.ts";

/** A step from one state: who does what, and how it ends. */
export type Step = {
  readonly kind: "answered" | "unanswered" | "late";
  /** Index of the actor; -1 for a late call, which is nobody's any more. */
  readonly actor: number;
  readonly call: Call;
  readonly reply: unknown;
  readonly tells: readonly Told[];
};

type Then = (step: Step, isLasting: boolean) => void;

/** What a call makes of the stores it works on, as numbers. */
type Change = {
  readonly node: number;
  readonly ids: readonly number[];
  readonly step: Step;
};

/** Room for ids of three stores in one whole number; of more, they are put together as text before. */
const MOST_VALUES = 2 ** 17;

/**
 * A world as a machine of small numbers. A state is a row: one number for each store, for what was told, for late calls, how
 * many calls may still go unanswered, and where each actor stands. What a call does to given stores is worked out once.
 */
export class Machine {
  readonly parts: readonly string[];
  readonly interners: readonly Interner[];
  readonly width: number;
  readonly nodes: Nodes;
  readonly late: LateCalls;
  readonly world: World;
  /** By actor: what it was seen to do. */
  readonly seen: readonly Set<string>[];
  readonly #begins: readonly number[];
  /** The patient ones come last. */
  readonly #inTurn: readonly number[];
  readonly #changes: readonly Map<number, Map<number, readonly Change[]>>[];
  readonly #lateChanges = new Map<number, Map<number, readonly Change[]>>();
  readonly #unanswered: readonly Map<number, { readonly node: number; readonly step: Step }>[];
  readonly #many = new Interner();
  readonly #told = new Map<string, number>();
  readonly #partsOf = new Map<string, readonly number[]>();

  constructor(world: World) {
    this.world = world;
    this.parts = [...Object.keys(world.stores), TOLD, LATE];
    this.interners = this.parts.map(() => new Interner());
    this.late = new LateCalls(this.interners[this.part(LATE)]!);
    this.width = this.parts.length + 1 + world.actors.length;
    this.nodes = new Nodes(world.roles);
    this.seen = world.actors.map(() => new Set());
    this.#begins = world.actors.map((actor) => this.nodes.begin(actor));
    const all = world.actors.map((_, actor) => actor);
    const isPatient = (actor: number) => world.actors[actor]!.is === "patient";
    this.#inTurn = [...all.filter((actor) => !isPatient(actor)), ...all.filter(isPatient)];
    this.#changes = world.actors.map(() => new Map());
    this.#unanswered = world.actors.map(() => new Map());
  }

  part = (name: string): number => this.parts.indexOf(name);

  get faultsPart(): number {
    return this.parts.length;
  }

  nodePart = (actor: number): number => this.parts.length + 1 + actor;

  first(): Int32Array {
    const state = new Int32Array(this.width);
    Object.values(this.world.stores).forEach((value, index) => {
      state[index] = this.interners[index]!.id(value);
    });
    state[this.part(TOLD)] = this.interners[this.part(TOLD)]!.id({});
    state[this.part(LATE)] = this.interners[this.part(LATE)]!.id([]);
    state[this.faultsPart] = this.world.faults;
    state.set(this.#begins, this.parts.length + 1);
    return state;
  }

  /** How many values each store has had so far. */
  census = (): string =>
    this.parts.map((name, part) => `${name} ${this.interners[part]!.values.length}`).join(", ");

  value = (state: Int32Array, name: string): unknown => {
    const part = this.part(name);
    return this.interners[part]!.values[state[part]!];
  };

  /** Every step from a state; `next` is only lent. */
  eachStep(state: Int32Array, next: Int32Array, then: Then): void {
    let isBusy = false;
    for (const actor of this.#inTurn) {
      const { is } = this.world.actors[actor]!;
      if (is === "patient" && isBusy) continue;
      const isEnabled = this.eachStepOf(actor, state, next, then);
      isBusy ||= is === "lasting" && isEnabled;
    }
    for (const [index, call] of this.late.of(state[this.part(LATE)]!)) {
      for (const change of this.#lateChangesOf(index, call, state)) {
        this.#apply(state, next, call, change);
        next[this.part(LATE)] = this.late.without(state[this.part(LATE)]!, index);
        then(change.step, false);
      }
    }
  }

  /** Every step of one actor. False: it has none but, maybe, a call that is not answered. */
  eachStepOf(actor: number, state: Int32Array, next: Int32Array, then: Then): boolean {
    const node = state[this.nodePart(actor)]!;
    const { call } = this.nodes.get(node);
    if (call === null) return false;
    const changes = this.#changesOf(actor, node, call, state);
    for (const change of changes) {
      this.#apply(state, next, call, change);
      next[this.nodePart(actor)] = change.node;
      then(change.step, this.world.actors[actor]!.is !== "mortal");
    }
    if (state[this.faultsPart]! > 0) this.#miss(state, next, actor, node, call, then);
    return changes.length > 0;
  }

  lateCalls = (state: Int32Array): readonly Call[] =>
    this.late.of(state[this.part(LATE)]!).map(([, call]) => call);

  /** What an actor waits for; null: it has ended. */
  callOf = (actor: number, state: Int32Array): Call | null =>
    this.nodes.get(state[this.nodePart(actor)]!).call;

  /** Whether an actor can go on, and tells nobody anything by it. */
  isQuietStep(actor: number, call: Call, state: Int32Array): boolean {
    const changes = this.#changesOf(actor, state[this.nodePart(actor)]!, call, state);
    return changes.length > 0 && changes.every(({ step }) => step.tells.length === 0);
  }

  /** Whether one of those who always go on can go on now. */
  isAtRest(state: Int32Array): boolean {
    return this.#inTurn.every((actor) => {
      const call = this.callOf(actor, state);
      if (call === null || this.world.actors[actor]!.is === "mortal") return true;
      return this.#changesOf(actor, state[this.nodePart(actor)]!, call, state).length === 0;
    });
  }

  #miss(state: Int32Array, next: Int32Array, actor: number, node: number, call: Call, then: Then): void {
    const { kind } = this.operation(call);
    if (kind === "certain") return;
    let missed = this.#unanswered[actor]!.get(node);
    if (!missed) {
      const { node: after, tells } = this.nodes.advance(node, UNANSWERED, -1, this.#onThrow(actor));
      missed = { node: after, step: { kind: "unanswered", actor, call, reply: null, tells } };
      this.#unanswered[actor]!.set(node, missed);
    }
    next.set(state);
    next[this.nodePart(actor)] = missed.node;
    next[this.faultsPart] = state[this.faultsPart]! - 1;
    if (kind === "write") next[this.part(LATE)] = this.late.plus(state[this.part(LATE)]!, call);
    this.#tell(next, missed.step.tells);
    then(missed.step, false);
  }

  #onThrow = (actor: number): number =>
    this.world.actors[actor]!.is !== "mortal" ? this.#begins[actor]! : this.nodes.ended;

  #apply(state: Int32Array, next: Int32Array, call: Call, { ids, step }: Change): void {
    next.set(state);
    const parts = this.#worksOn(call);
    for (let i = 0; i < parts.length; i++) next[parts[i]!] = ids[i]!;
    this.#tell(next, step.tells);
  }

  #tell(next: Int32Array, tells: readonly Told[]): void {
    if (tells.length === 0) return;
    const part = this.part(TOLD);
    const key = `${next[part]}${tells.map(({ about, word }) => `/${about}/${word}`).join("")}`;
    let told = this.#told.get(key);
    if (told === undefined) {
      const before = this.interners[part]!.values[next[part]!] as Record<string, Record<string, true>>;
      const after = tells.reduce(
        (all, { about, word }) => ({ ...all, [about]: { ...all[about], [word]: true as const } }),
        before,
      );
      told = this.interners[part]!.id(after);
      this.#told.set(key, told);
    }
    next[part] = told;
  }

  operation({ does }: Call) {
    const [store = "", name = ""] = does.split(".");
    const operation = this.world.operations[store]?.[name];
    if (!operation) throw new Error(`no store can do ${does}`);
    return operation;
  }

  #worksOn(call: Call): readonly number[] {
    const known = this.#partsOf.get(call.does);
    if (known) return known;
    const parts = this.operation(call).on.map(this.part);
    if (parts.includes(-1)) throw new Error(`${call.does} works on a store that this world has not`);
    this.#partsOf.set(call.does, parts);
    return parts;
  }

  #keyOf(call: Call, state: Int32Array): number {
    let key = 0;
    const parts = this.#worksOn(call);
    if (parts.length > 3) return this.#many.id(parts.map((part) => state[part]));
    for (const part of parts) {
      if (state[part]! >= MOST_VALUES) throw new Error(`${this.parts[part]} has too many values`);
      key = key * MOST_VALUES + state[part]!;
    }
    return key;
  }

  #changesOf(actor: number, node: number, call: Call, state: Int32Array): readonly Change[] {
    const key = this.#keyOf(call, state);
    const ofNode = mapIn(this.#changes[actor]!, node);
    const known = ofNode.get(key);
    if (known) return known;
    this.seen[actor]!.add(call.does);
    const changes = outcomesOf(this, call, state).map(({ reply, replyId, ids }): Change => {
      const { node: after, tells } = this.nodes.advance(node, reply, replyId, this.#onThrow(actor));
      return { node: after, ids, step: { kind: "answered", actor, call, reply, tells } };
    });
    ofNode.set(key, changes);
    return changes;
  }

  #lateChangesOf(index: number, call: Call, state: Int32Array): readonly Change[] {
    const key = this.#keyOf(call, state);
    const ofCall = mapIn(this.#lateChanges, index);
    const known = ofCall.get(key);
    if (known) return known;
    const changes = outcomesOf(this, call, state).map(({ reply, ids }): Change => ({
      node: -1,
      ids,
      step: { kind: "late", actor: -1, call, reply, tells: [] },
    }));
    ofCall.set(key, changes);
    return changes;
  }
}

function mapIn<Value>(maps: Map<number, Map<number, Value>>, key: number): Map<number, Value> {
  const known = maps.get(key);
  if (known) return known;
  const made = new Map<number, Value>();
  maps.set(key, made);
  return made;
}
