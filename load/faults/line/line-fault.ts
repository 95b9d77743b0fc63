import type { LineMode } from "../../../core/contract/line.ts";
import type { LineState } from "../../../core/line/line-state.ts";
import type { Following } from "../../fairness/follow-line.ts";
import type { Launch } from "../../fairness/launch.ts";
import type { Fault, LineCheck } from "../fault.ts";
import type { FaultCloud } from "../fault-cloud.ts";

/** A line that people join before the sale opens. */
export type FaultMode = Exclude<LineMode, "returns">;

/** A sale whose buyers stand in line, and all that can be broken under it. */
export type LineStage = {
  readonly cloud: FaultCloud;
  readonly launch: Launch;
  /** The line by its log, past everything that is broken. */
  readonly line: () => Promise<LineState>;
  /** Waits until the log says so. @throws when it does not within the limit. */
  readonly until: (what: string, isSo: (line: LineState) => boolean) => Promise<void>;
  /** Has the line judged by what this fault itself promises, once it is at rest. */
  readonly alsoJudge: (check: LineCheck) => void;
};

/** A fault of the line. Everybody has joined when it strikes, and the first guardian is about to look. */
export type LineFault = Pick<Fault, "name" | "line" | "limits" | "voids" | "mayReject" | "hasStruck"> & {
  readonly mode: FaultMode;
  /** The guests, and what they do; each buys at once unless said otherwise. */
  readonly people?: number;
  readonly units?: number;
  readonly turnSeconds?: number;
  readonly onTurn?: (stage: LineStage) => NonNullable<Following["onTurn"]>;
  readonly isOver?: Following["isOver"];
  /** An end counts only once everything was injected: the line goes on after an earlier one. */
  readonly goesOn?: true;
  /** Before the first guardian starts; all workers are new. */
  readonly prepare?: (cloud: FaultCloud) => Promise<void>;
  /** Breaks something while the line moves, and mends what does not mend itself. */
  readonly inject: (stage: LineStage) => Promise<void>;
};
