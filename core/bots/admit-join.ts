import type { KeyObject } from "node:crypto";
import type { SolvedChallenge } from "../contract/challenge.ts";
import type { DemotionReason } from "../contract/demotion.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { BotRecords } from "./bots.dynamo.ts";
import { checkChallenge, type Checked } from "./challenge.ts";
import { judge, laneOf } from "./risk.ts";
import { noteJoin, surroundingsOf } from "./surroundings.ts";

export type AdmitDependencies = {
  readonly records: BotRecords;
  readonly key: KeyObject;
  /** Whether joins are judged by where they come from; not where all clients share one address, as on a developer's machine. */
  readonly judgesSources: boolean;
};

export type AskedJoin = {
  readonly saleId: SaleId;
  readonly buyerId: BuyerId;
  readonly address: string;
  /** The list that is open now. */
  readonly list: number;
  /** Null: whoever cannot or will not solve a puzzle joins all the same, in lane 1. */
  readonly solved: SolvedChallenge | null;
};

export type JoinAdmission =
  /** `why`: what puts it into lane 1; null: nothing does. */
  | { readonly kind: "admitted"; readonly why: DemotionReason | null }
  /** The page asks for another challenge, and tries again. */
  | { readonly kind: "wrong_solution"; readonly fault: Exclude<Checked, "right"> | "spent" };

/**
 * Into which lane somebody joins. A solution is spent before the entry is put: a join that is repeated with it, since its answer
 * was lost, is the same join, and in the next list it is worth nothing.
 */
export async function admitJoin(
  { records, key, judgesSources }: AdmitDependencies,
  join: AskedJoin,
  nowMs: number,
): Promise<JoinAdmission> {
  const { saleId, list, solved } = join;
  if (!solved) return { kind: "admitted", why: "no_puzzle" };
  const checked = await checkChallenge(key, join, solved, nowMs);
  if (checked !== "right") return { kind: "wrong_solution", fault: checked };
  const { signature, parameters } = solved.challenge;
  if (!(await records.spend(saleId, { signature, expiresAt: parameters.expiresAt }, list)))
    return { kind: "wrong_solution", fault: "spent" };
  if (!judgesSources) return { kind: "admitted", why: null };
  // Noted before it is counted: of many that come at once, none is the first for all of them.
  await noteJoin(records, key, join, nowMs);
  const judged = judge(await surroundingsOf(records, key, join, nowMs));
  return { kind: "admitted", why: laneOf(judged) === 1 ? judged.why : null };
}
