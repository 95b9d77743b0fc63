import { type Change, Changes } from "./changes.ts";
import { LateCalls } from "./late-calls.ts";
import { Nodes, UNANSWERED } from "./nodes.ts";
import type { AnyOperation } from "./operation.ts";
import type { Call, Statement } from "./process.ts";
import { Statements } from "./statements.ts";
import { Interner } from "./value.ts";
import { LATE, TOLD, type World } from "./world.ts";

/** A step from one state: who does what, and how it ends. */
export type Step = {
  readonly kind: "answered" | "unanswered" | "late";
  /** Index of the actor; -1 for a late call, which is nobody's any more. */
  readonly actor: number;
  readonly call: Call;
  readonly reply: unknown;
  readonly statements: readonly Statement[];
};

type Then = (step: Step, isLasting: boolean) => void;
type Missed = { readonly node: number; readonly step: Step };

/**
 * A world as a machine of small numbers. A state is a row: one number for each store, for what was told, for late calls, how
 * many calls may still go unanswered, and where each actor stands.
 */
export class Machine {
  readonly world: World;
  readonly parts: readonly string[];
  readonly interners: readonly Interner[];
  readonly width: number;
  readonly nodes: Nodes;
  readonly late: LateCalls;
  /** By actor: what it was seen to do. */
  readonly seen: readonly Set<string>[];
  readonly #begins: readonly number[];
  /** The patient ones come last. */
  readonly #inTurn: readonly number[];
  readonly #changes: Changes;
  readonly #statements: Statements;
  readonly #missed: readonly Map<number, Missed>[];
  readonly #toldPart: number;
  readonly #latePart: number;

  constructor(world: World) {
    this.world = world;
    this.parts = [...Object.keys(world.stores), TOLD, LATE];
    this.interners = this.parts.map(() => new Interner());
    [this.#toldPart, this.#latePart] = [this.part(TOLD), this.part(LATE)];
    this.late = new LateCalls(this.interners[this.#latePart]!);
    this.#statements = new Statements(this.interners[this.#toldPart]!);
    this.width = this.parts.length + 1 + world.actors.length;
    this.nodes = new Nodes(world.roles);
    this.#changes = new Changes(this, this.nodes);
    this.seen = world.actors.map(() => new Set());
    this.#missed = world.actors.map(() => new Map());
    this.#begins = world.actors.map((actor) => this.nodes.begin(actor));
    const all = world.actors.map((_, actor) => actor);
    const isPatient = (actor: number) => world.actors[actor]!.is === "patient";
    this.#inTurn = [...all.filter((actor) => !isPatient(actor)), ...all.filter(isPatient)];
  }

  readonly part = (name: string): number => this.parts.indexOf(name);

  get faultsPart(): number {
    return this.parts.length;
  }

  readonly nodePart = (actor: number): number => this.parts.length + 1 + actor;

  first(): Int32Array {
    const values = [...Object.values(this.world.stores), {}, []];
    const ids = values.map((value, part) => this.interners[part]!.id(value));
    return Int32Array.from([...ids, this.world.faults, ...this.#begins]);
  }

  /** How many values each store has had so far. */
  census = (): string =>
    this.parts.map((name, part) => `${name} ${this.interners[part]!.values.length}`).join(", ");

  readonly operation = ({ does }: Call): AnyOperation => {
    const [store = "", name = ""] = does.split(".");
    const operation = this.world.operations[store]?.[name];
    if (!operation) throw new Error(`no store can do ${does}`);
    return operation;
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
    const bag = state[this.#latePart]!;
    for (const [index, call] of this.late.of(bag)) {
      for (const change of this.#changes.ofLate(index, call, state)) {
        this.#apply(state, next, change);
        next[this.#latePart] = this.late.without(bag, index);
        then(change.step, false);
      }
    }
  }

  /** Every step of one actor. False: it has none but, maybe, a call that is not answered. */
  eachStepOf(actor: number, state: Int32Array, next: Int32Array, then: Then): boolean {
    const call = this.callOf(actor, state);
    if (call === null) return false;
    const changes = this.#changesOf(actor, call, state);
    for (const change of changes) {
      this.#apply(state, next, change);
      next[this.nodePart(actor)] = change.node;
      then(change.step, this.world.actors[actor]!.is !== "mortal");
    }
    if (state[this.faultsPart]! > 0) this.#miss(actor, call, state, next, then);
    return changes.length > 0;
  }

  lateCalls = (state: Int32Array): readonly Call[] =>
    this.late.of(state[this.#latePart]!).map(([, call]) => call);

  /** What an actor waits for; null: it has ended. */
  callOf = (actor: number, state: Int32Array): Call | null =>
    this.nodes.get(state[this.nodePart(actor)]!).call;

  /** Whether an actor can go on, and tells nobody anything by it. */
  isQuietStep(actor: number, call: Call, state: Int32Array): boolean {
    const changes = this.#changesOf(actor, call, state);
    return changes.length > 0 && changes.every(({ step }) => step.statements.length === 0);
  }

  /** Whether none of those who always go on can go on now. */
  isAtRest(state: Int32Array): boolean {
    return this.#inTurn.every((actor) => {
      const call = this.callOf(actor, state);
      if (call === null || this.world.actors[actor]!.is === "mortal") return true;
      return this.#changesOf(actor, call, state).length === 0;
    });
  }

  #changesOf(actor: number, call: Call, state: Int32Array): readonly Change[] {
    this.seen[actor]!.add(call.does);
    return this.#changes.of(actor, state[this.nodePart(actor)]!, call, state, this.#onThrow(actor));
  }

  /** A call that is not answered, if it is one to a store; it may take effect later. */
  #miss(actor: number, call: Call, state: Int32Array, next: Int32Array, then: Then): void {
    const { kind, on } = this.operation(call);
    const { unanswered } = this.world;
    if (kind === "certain" || (unanswered && !on.some((store) => unanswered.includes(store)))) return;
    const { node, step } = this.#missedBy(actor, call, state[this.nodePart(actor)]!);
    next.set(state);
    next[this.nodePart(actor)] = node;
    next[this.faultsPart] = state[this.faultsPart]! - 1;
    if (kind === "write") next[this.#latePart] = this.late.plus(state[this.#latePart]!, call);
    next[this.#toldPart] = this.#statements.after(state[this.#toldPart]!, step.statements);
    then(step, false);
  }

  #missedBy(actor: number, call: Call, node: number): Missed {
    const known = this.#missed[actor]!.get(node);
    if (known) return known;
    const { node: after, statements } = this.nodes.advance(node, UNANSWERED, -1, this.#onThrow(actor));
    const missed: Missed = {
      node: after,
      step: { kind: "unanswered", actor, call, reply: null, statements },
    };
    this.#missed[actor]!.set(node, missed);
    return missed;
  }

  #onThrow = (actor: number): number =>
    this.world.actors[actor]!.is === "mortal" ? this.nodes.ended : this.#begins[actor]!;

  #apply(state: Int32Array, next: Int32Array, { ids, step }: Change): void {
    next.set(state);
    const parts = this.#changes.partsOf(step.call);
    for (let i = 0; i < parts.length; i++) next[parts[i]!] = ids[i]!;
    next[this.#toldPart] = this.#statements.after(state[this.#toldPart]!, step.statements);
  }
}
