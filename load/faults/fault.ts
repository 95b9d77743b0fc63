import type { Law } from "../verdict/violation.ts";
import type { ClosedCrowd, CrowdOptions } from "./crowd/closed-crowd.ts";
import type { FaultCloud } from "./fault-cloud.ts";

/** A sale under traffic, and all that can be broken under it. */
export type Stage = {
  readonly cloud: FaultCloud;
  readonly crowd: ClosedCrowd;
  /** Waits until purchases are in flight in the middle of the sale: the instant of the fault. */
  readonly midBurst: () => Promise<void>;
};

export type Fault = {
  readonly name: string;
  /** The line of the design's failure table that it stands for. */
  readonly line: string;
  readonly units?: number;
  readonly crowd?: Partial<Pick<CrowdOptions, "buyers" | "everyNeverRetries" | "waveMs" | "waveBuyers">>;
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
  /** What it leaves in the queue never becomes an order. */
  readonly poisons?: boolean;
  /** It can strike a sale at any time, together with others. */
  readonly isChaotic?: boolean;
};

/** Reservations that only a lost Redis knew are gone, and their places with them. */
export const losesPlaces = {
  places: "a reservation that lived only in the lost Redis took its place with it",
} as const;
