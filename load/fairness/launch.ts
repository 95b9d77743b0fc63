import type { Receipt } from "../../core/contract/line.ts";
import type { SolvedChallenge } from "../../core/contract/challenge.ts";
import type { SaleId } from "../../core/ids.ts";
import type { SignedIn } from "../local-session.ts";
import type { ClientAnswer } from "../verdict/client-answer.ts";
import type { Caller } from "./caller.ts";
import type { LaunchPlan } from "./launch-plan.ts";
import type { Person } from "./people.ts";

/** What the line told somebody at their turn. */
export type ToldTurn = {
  readonly leaf: string;
  readonly rank: string;
  readonly step: number;
  /** Before it, they were told that they had not been selected. */
  readonly wasPassedOver: boolean;
};

/** A person at a launch, and what has become of them. */
export type Guest = Person & {
  readonly buyer: SignedIn;
  /** What they want, and state when they join. */
  readonly quantity: number;
  entry: { readonly receipt: Receipt; readonly ticket: string } | null;
  toldTurn: ToldTurn | null;
};

/** A sale in a cloud, and those who came. */
export type Launch = {
  readonly plan: LaunchPlan;
  readonly apiUrl: string;
  readonly saleId: SaleId;
  readonly units: number;
  readonly startsAtMs: number;
  readonly guests: readonly Guest[];
  /** Two ways to the API, so that bots do not stand in the way of the honest within this client; one in an open sale. */
  readonly callers: Readonly<Record<"honest" | "bots", Caller>>;
  /** Every answer to a purchase. */
  readonly log: ClientAnswer[];
  /** Solutions that honest people have sent, for others to copy. */
  readonly solutions: SolvedChallenge[];
  /** What must not be, and was: each in words. */
  readonly faults: string[];
};

export const callerOf = ({ callers }: Launch, { kind }: Person): Caller =>
  kind === "honest" ? callers.honest : callers.bots;

/** Of every purchase that was accepted, counted once. */
export const acceptedOf = ({ log }: Launch): number =>
  new Set(log.filter(({ kind }) => kind === "accepted").map(({ orderId }) => orderId)).size;
