import type { SaleId } from "../../../core/ids.ts";
import type { Facts } from "../../verdict/facts.ts";
import type { Fault, LineCheck } from "../fault.ts";
import type { FaultCloud } from "../fault-cloud.ts";
import type { Payer } from "./payer.ts";

/** A sale that is paid for, with everybody who holds units of it, and all that can be broken under it. */
export type PaymentStage = {
  readonly cloud: FaultCloud;
  readonly saleId: SaleId;
  /** Of one unit. */
  readonly priceMinor: number;
  /** Those who were told that units are held for them; nobody has paid yet. */
  readonly payers: readonly Payer[];
  /** From now on the time of every hold is over, by the gate's list. */
  readonly endTime: () => Promise<void>;
  /** Waits until a thing is so, while nobody else does anything. @throws when it is not within a minute. */
  readonly until: (what: string, isSo: () => Promise<boolean>) => Promise<void>;
  /** Lets all come to its end, and answers what the stores say then; the provider's messages may come after that. */
  readonly atRest: () => Promise<Facts>;
  /** Somebody else holds a unit from now on: what they see is watched, and judged at the end. */
  readonly alsoPays: (payer: Payer) => void;
  /** Has the sale judged by what this fault itself promises, once it is at rest. */
  readonly alsoJudge: (check: LineCheck) => void;
};

/**
 * A fault of payments. When it strikes, all units are held. Afterwards the time of whatever is still held ends, and the
 * completer runs, until nothing is left to be done: so each ends whole, whatever the fault has left behind.
 */
export type PaymentFault = Pick<Fault, "name" | "line" | "limits" | "voids" | "mayReject" | "hasStruck"> & {
  readonly isPaid: true;
  /** Before anybody buys. */
  readonly prepare?: (cloud: FaultCloud) => Promise<void>;
  /** Has the buyers pay or not, and breaks something meanwhile; what does not mend itself it mends. */
  readonly inject: (stage: PaymentStage) => Promise<void>;
};
