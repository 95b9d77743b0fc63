import type { Operations } from "./operation.ts";
import type { RoleOf, Roles } from "./process.ts";
import type { Renaming } from "./value.ts";

export type Stores = Readonly<Record<string, unknown>>;

/** One process of a story. */
export type Actor = RoleOf & {
  /** As a story calls it: "the consumer". */
  readonly name: string;
  /**
   * "mortal": may stop for ever before any of its steps. "lasting": somebody always goes on with it, from its beginning
   * if a call was not answered; the world is at rest once none of these has anything to do. "patient": a lasting one that
   * looks after what is overdue, and so waits for the other lasting ones to have nothing to do.
   */
  readonly is: "mortal" | "lasting" | "patient";
};

/** What must be true, of some stores. `told` is what people were told: about whom or what → words. */
export type Law = {
  readonly name: string;
  readonly on: readonly string[];
  /** @returns what is wrong; null: nothing. */
  readonly broken: (...stores: never[]) => string | null;
};

/** A story world: its stores as they are at first, those who act, and the laws. */
export type World = {
  readonly stores: Stores;
  readonly operations: Readonly<Record<string, Operations>>;
  readonly roles: Roles;
  readonly actors: readonly Actor[];
  /** Most calls that go unanswered in one story. */
  readonly faults: number;
  /** Of which stores; absent: of any. */
  readonly unanswered?: readonly string[];
  /** Namings that make no difference: states that differ by one of these are one. */
  readonly alike?: readonly Renaming[];
  /** Hold after every step. */
  readonly laws: readonly Law[];
  /** Hold once nobody has anything left to do, whoever stopped for ever before. */
  readonly restLaws: readonly Law[];
};

/** The store of what people were told. */
export const TOLD = "told";
/** Calls that were not answered and may still take effect. */
export const LATE = "late";
