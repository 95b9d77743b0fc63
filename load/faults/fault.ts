import type { Facts } from "../verdict/facts.ts";
import type { Law } from "../verdict/violation.ts";
import type { ClosedCrowd, CrowdOptions } from "./crowd/closed-crowd.ts";
import type { PurchaseLimit } from "./crowd/shopping.ts";
import type { FaultCloud } from "./fault-cloud.ts";
import type { RecoveryTimes } from "./read-recoveries.postgres.ts";

/** A sale under traffic, and all that can be broken under it. */
export type Stage = {
  readonly cloud: FaultCloud;
  readonly crowd: ClosedCrowd;
  /** Waits until purchases are in flight in the middle of the sale: the instant of the fault. */
  readonly midBurst: () => Promise<void>;
  /** Has the sale judged by what the line itself promises, once it is at rest. */
  readonly alsoJudge: (check: LineCheck) => void;
};

/** Answers what is wrong, each in a few words; nothing if all is as the line says. */
export type LineCheck = (end: {
  readonly facts: Facts;
  readonly recoveries: readonly RecoveryTimes[];
}) => readonly string[];

export type Fault = {
  readonly name: string;
  /** The line of the design's failure table that it stands for. */
  readonly line: string;
  /** The purchase limits of the sales that it strikes, each in a run of its own. Absent: one unit a buyer. */
  readonly limits?: readonly PurchaseLimit[];
  /** At a purchase limit of 1; a sale with 3 has twice as many. */
  readonly units?: number;
  readonly crowd?: Partial<
    Pick<CrowdOptions, "buyers" | "everyNeverRetries" | "waveMs" | "waveBuyers" | "betweenKeysMs">
  >;
  /** Before the crowd comes. */
  readonly prepare?: (cloud: FaultCloud) => Promise<void>;
  /** Breaks something while the crowd buys, and mends what does not mend itself. */
  readonly inject: (stage: Stage) => Promise<void>;
  /** Whether it did what it is named for; asked once the sale is at rest. Absent: `inject` knows. */
  readonly hasStruck?: (cloud: FaultCloud) => boolean;
  /** Laws that cannot hold under it, each with the reason. */
  readonly voids?: Partial<Record<Law, string>>;
  /** A purchase that was frozen through a recovery may end as a rejected order that nobody was told of. */
  readonly mayReject?: boolean;
  /** PostgreSQL refuses orders that were accepted: their buyers were told otherwise, and the line says why that may be. */
  readonly refusesAccepted?: boolean;
  /** The sale ends, and goes on later: buyers may be told so in between. */
  readonly mayEnd?: boolean;
  /** What it leaves in the queue never becomes an order. */
  readonly poisons?: boolean;
  /** It can strike a sale at any time, together with others. */
  readonly isChaotic?: boolean;
};

/** What a fault is named by, and what it allows. */
export type FaultTerms = Pick<
  Fault,
  "name" | "line" | "limits" | "voids" | "mayReject" | "refusesAccepted" | "mayEnd"
>;

/** A line is run at one purchase limit, or at both. */
export type FaultRun<Kind extends FaultTerms = FaultTerms> = {
  readonly fault: Kind;
  readonly purchaseLimit: PurchaseLimit;
};

export const bothLimits = [1, 3] as const;

export const runsOf = <Kind extends FaultTerms>(fault: Kind): FaultRun<Kind>[] =>
  (fault.limits ?? [1]).map((purchaseLimit) => ({ fault, purchaseLimit }));

/** As files and people name it. */
export const nameOf = ({ fault: { name }, purchaseLimit }: FaultRun): string =>
  purchaseLimit === 1 ? name : `${name}-limit-${purchaseLimit}`;

/** Reservations that only a lost Redis knew are gone, and their places with them. */
export const losesPlaces = {
  places: "a reservation that lived only in the lost Redis took its place with it",
} as const;
