import { lineModeOf } from "../contract/sale-mode.ts";
import type { BoughtUnits } from "../gate/bought-units.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import { unlapsedSteps } from "../line/lapse.ts";
import type { LineFiles } from "../line/line-files.dynamo.ts";
import type { LineLogs } from "../line/line-log.dynamo.ts";
import type { LineState } from "../line/line-state.ts";
import { promisedUnits } from "../line/next-steps.ts";
import { rankList } from "../line/ranked-list.ts";
import type { Sale } from "../sale/sale.ts";

const ATTEMPTS = 10;

export type PromiseDependencies = {
  readonly gate: Pick<Gate, "boughtUnits">;
  readonly logs: Pick<LineLogs, "read" | "append">;
  readonly files: Pick<LineFiles, "readList">;
};

type Promising = Pick<Sale, "saleId" | "allocated" | "mode">;

export type KeptPromises =
  /** The gate goes by what was refused. */
  | { readonly kind: "conflict"; readonly why: string; readonly isGateAhead: true }
  | { readonly kind: "recovering" };

/** @param left units that nobody has, under the lower allocation. */
const whyTooLow = (promised: number, left: number, allocated: number): string | null =>
  promised <= left
    ? null
    : `${promised} units are promised to people whose turn it is: the allocation cannot go below ${allocated + promised - left} until they have bought, or their turns have lapsed`;

/** Of a line that promises units: before list 0 has closed nobody is promised anything for half a minute to come. */
const promises = ({ rules, lists }: LineState): boolean =>
  (rules?.mode === "draw" || rules?.mode === "returns") && lists.length > 0;

const isLowered = (before: Promising, after: Promising): boolean =>
  after.allocated < before.allocated && lineModeOf(after.mode) !== null;

/**
 * Why an allocation must not be lowered so far: a draw has promised the units to its winners, or they are kept for the turns of those who
 * wait for returns. A turn in a waiting room is a chance, and no unit is kept for it. Null: nothing is in the way so far.
 *
 * Asked before the gate is: units that it takes off and gets back are not on sale for a moment, in which a winner would read "sold out".
 */
export async function askPromises(
  deps: PromiseDependencies,
  before: Promising,
  after: Promising,
): Promise<{ readonly kind: "conflict"; readonly why: string } | null> {
  if (!isLowered(before, after)) return null;
  const { saleId, allocated } = after;
  const state = await deps.logs.read(saleId);
  const counted = promises(state) ? await deps.gate.boughtUnits(saleId) : null;
  // A gate that cannot say is asked again, once it is to go by the change.
  if (counted?.kind !== "counted") return null;
  const left = counted.available - (before.allocated - allocated);
  const why = whyTooLow(await promisedIn(deps, saleId, state, counted), left, allocated);
  return why === null ? null : { kind: "conflict", why };
}

/**
 * Once the gate goes by a lower allocation: whether it still leaves what the line has promised, and if so, the log itself says it,
 * behind the very line that was read. A guardian that has counted the units of before gives nobody a turn for them then: its line no
 * longer follows, and it counts anew. Should the change come to nothing, a guardian says the allocation of before again.
 *
 * A turn that was given since `askPromises` does not run for three seconds: nobody in it reads "sold out" while the gate gets units back.
 */
export async function keepPromises(
  deps: PromiseDependencies,
  before: Promising,
  after: Promising,
  role: string,
): Promise<KeptPromises | null> {
  if (!isLowered(before, after)) return null;
  const { saleId, allocated } = after;
  const { gate, logs } = deps;
  let state = await logs.read(saleId);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!promises(state)) return null;
    const counted = await gate.boughtUnits(saleId);
    if (counted.kind !== "counted") return { kind: "recovering" };
    const promised = await promisedIn(deps, saleId, state, counted);
    const why = whyTooLow(promised, counted.available, allocated);
    if (why !== null) return { kind: "conflict", why, isGateAhead: true };
    if (state.allocated === allocated) return null;
    const added = await logs.append(saleId, state, { kind: "allocation", allocated, role }, counted.nowMs);
    if (added) return null;
    state = await logs.read(saleId, state);
  }
  throw new Error(`the log of ${saleId} moved on ${ATTEMPTS} times`);
}

/** Units that somebody may still buy in a turn that was given to them. */
async function promisedIn(
  { files }: PromiseDependencies,
  saleId: SaleId,
  state: LineState,
  { nowMs, steps }: Extract<BoughtUnits, { kind: "counted" }>,
): Promise<number> {
  const unlapsed = unlapsedSteps(state, nowMs);
  const bought = new Map(steps.map(({ step, units }) => [step, units]));
  // A turn for what came back is for one unit.
  if (state.rules?.mode === "returns")
    return unlapsed.reduce((sum, { step, people }) => sum + people - (bought.get(step) ?? 0), 0);
  const { root, key } = state.lists[0] ?? {};
  if (unlapsed.length === 0 || !root || !key) return 0;
  const closed = await files.readList(saleId, { list: 0, root: root.root });
  if (!closed) throw new Error(`list 0 of ${saleId} has a root and no pages`);
  const progress = steps.map((step) => ({ ...step, servedMs: 0, bought: 0 }));
  return promisedUnits(unlapsed, rankList(closed, key.key), progress);
}
