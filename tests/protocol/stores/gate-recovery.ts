import type { RebuildPlan } from "../../../core/guardian/plan-rebuild.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { type GateKeys, isWhole, type Settings } from "./gate.ts";

export type Recovery = { readonly fence: number; readonly recoveryId: string };
export type BeginReply =
  | { readonly kind: "begun"; readonly wasAlive: boolean; readonly isSameLife: boolean }
  | { readonly kind: "fenced" | "over" };

export type RecoveryRules = { readonly knowsRecoveries: boolean; readonly knowsFence: boolean };

/** begin-recovery.lua. */
export function begin(
  keys: GateKeys | null,
  { fence, recoveryId }: Recovery,
  { knowsFence, knowsRecoveries }: RecoveryRules,
): readonly [BeginReply, GateKeys | null] {
  if (knowsFence && keys && keys.fence > fence) return [{ kind: "fenced" }, keys];
  const isAgain = knowsRecoveries && keys !== null && keys.recoveryId === recoveryId;
  if (isAgain && !keys.isRecovering) return [{ kind: "over" }, keys];
  // Keys of another life of Redis are none here.
  const isSameLife = isAgain ? keys.isSameLife === true : keys !== null;
  const wasAlive = isAgain ? keys.wasAlive === true : keys !== null && isAlive(keys);
  const closed = { isRecovering: true, fence, recoveryId, wasAlive, isSameLife };
  return [
    { kind: "begun", wasAlive, isSameLife },
    { ...(keys ?? { buyers: {}, outbox: {} }), ...closed },
  ];
}

/** Open and whole, or closed by a recovery that has filled nothing yet. */
const isAlive = (keys: GateKeys): boolean => (!keys.isRecovering || keys.wasAlive === true) && isWhole(keys);

/** What a rebuild puts into a gate. */
export type Filling = {
  readonly epoch: number;
  readonly buyers: GateKeys["buyers"];
  readonly unsettled: readonly Reservation[];
  readonly soldUnits: number;
  readonly withheldUnits: number;
  readonly places: number;
};

export const fillingOf = (plan: RebuildPlan, epoch: number): Filling => ({
  epoch,
  buyers: Object.fromEntries(plan.buyers),
  unsettled: plan.unsettled,
  soldUnits: plan.soldUnits,
  withheldUnits: plan.withheldUnits,
  places: plan.places,
});

type OfRecovery = Recovery & { readonly filling: Filling };

/** Why a gate refuses a step of a recovery; null: it does not. */
function refusal(keys: GateKeys | null, recovery: Recovery, rules: RecoveryRules): "lost" | "fenced" | null {
  if (keys === null || !keys.isRecovering) return "lost";
  if (rules.knowsRecoveries && keys.recoveryId !== recovery.recoveryId) return "lost";
  return rules.knowsFence && keys.fence > recovery.fence ? "fenced" : null;
}

/** rebuild.lua, in one part. */
export function fill(
  keys: GateKeys | null,
  recovery: OfRecovery,
  rules: RecoveryRules,
): readonly ["added" | "lost" | "fenced", GateKeys | null] {
  const refused = refusal(keys, recovery, rules);
  if (keys === null || refused) return [refused ?? "lost", keys];
  const { buyers, unsettled, epoch } = recovery.filling;
  const outbox = Object.fromEntries(unsettled.map((order) => [order.orderId, { ...order, epoch }]));
  return ["added", { ...keys, buyers, outbox, wasAlive: false }];
}

type Opening = OfRecovery & { readonly settings: Settings; readonly revision: number };

/** resume.lua. */
export function resume(
  keys: GateKeys | null,
  opening: Opening,
  rules: RecoveryRules,
): readonly ["resumed" | "lost" | "fenced" | "mismatch", GateKeys | null] {
  const refused = refusal(keys, opening, rules);
  if (keys === null || refused) return [refused ?? "lost", keys];
  const { filling } = opening;
  const isNewer = keys.revision === undefined || keys.revision <= opening.revision;
  const { revision = 0, settings = opening.settings } = isNewer ? opening : keys;
  const available = settings.allocated - filling.soldUnits - filling.withheldUnits;
  const found = Object.keys(keys.buyers).length;
  const isMatch = found === Object.keys(filling.buyers).length && available >= 0;
  const isUncommitted = isNewer ? undefined : keys.isUncommitted;
  if (!isMatch) return ["mismatch", { ...keys, settings, revision, isUncommitted }];
  const { epoch, places, soldUnits, withheldUnits } = filling;
  return [
    "resumed",
    {
      buyers: keys.buyers,
      outbox: keys.outbox,
      fence: keys.fence,
      recoveryId: keys.recoveryId,
      isRecovering: false,
      epoch,
      revision,
      settings,
      isUncommitted,
      stock: { available, sold: soldUnits, withheld: withheldUnits },
      isRestocking: false,
      places,
      buyerCount: found,
    },
  ];
}
