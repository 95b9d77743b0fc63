import { awaitRest } from "../faults/await-rest.ts";
import { type Fault, losesPlaces } from "../faults/fault.ts";
import type { FaultCloud } from "../faults/fault-cloud.ts";
import { judgeFault } from "../faults/judge-fault.ts";
import { keptOrders } from "../faults/kept-orders.ts";
import { unitsByBuyer } from "../verdict/units.ts";
import { withoutTheDoor } from "./at-the-door.ts";
import { judgeLaunch } from "./judge-launch.ts";
import type { Guest, Launch } from "./launch.ts";
import type { LaunchPlan } from "./launch-plan.ts";
import { type Shares, sharesOf } from "./shares.ts";
import { verifyLaunch } from "./verify-launch.ts";

const REST_LIMIT_MS = 180_000;
const noFault: Fault = { name: "none", line: "nothing breaks", inject: async () => {} };
/** As the fault matrix judges a Redis that forgets. */
const redisLost: Fault = { ...noFault, voids: losesPlaces, mayReject: true };

export type LaunchResult = {
  readonly plan: Launch["plan"];
  readonly shares: Shares;
  /** Most entries of one address in lane 0. */
  readonly mostOfAddress: number;
  /** Answers to purchases, by kind. */
  readonly answers: Readonly<Record<string, number>>;
  /** Turns that were held against the published order. */
  readonly turns: number;
  readonly misplaced: number | null;
  readonly verifierCode: number | null;
  readonly verifierSaid: string;
  readonly wrong: readonly string[];
  readonly seconds: number;
};

/** Waits until a launch has come to rest, and judges it. */
export async function judgeSale(
  cloud: FaultCloud,
  launch: Launch,
  folder: string,
  startedMs: number,
): Promise<LaunchResult> {
  const { plan, saleId, log, guests, faults } = launch;
  const { facts, restedAtMs } = await awaitRest(cloud.stores(), saleId, {
    poisons: false,
    limitMs: REST_LIMIT_MS,
  });
  const answers = withoutTheDoor(log);
  const fault = plan.breakage === "redis" ? redisLost : noFault;
  const { violations, lost, doubled } = judgeFault(fault, facts, answers, new Set());
  const unequal = [
    ...faults,
    ...violations.map(({ law, finding }) => `${law}: ${finding}`),
    ...(lost + doubled > 0 ? [`${lost} orders lost, ${doubled} units doubled`] : []),
    ...(restedAtMs === null ? ["the stores did not come to rest"] : []),
  ];
  const units = unitsByBuyer(keptOrders(facts.database.rows));
  const shares = sharesOf(
    guests.map((guest) => ({
      kind: guest.kind,
      units: units.get(guest.buyer.buyerId) ?? 0,
      isBesideHonest: plan.mode === "open" || standsWithHonest(guest, plan),
    })),
  );
  const mostOfAddress = mostInLane0(guests);
  const verified = plan.mode === "open" ? null : await verifyLaunch(launch, facts.ledger, folder);
  const verifierCode = verified?.code ?? null;
  const misplaced = verified?.misplaced ?? null;
  return {
    plan,
    shares,
    mostOfAddress,
    answers: countKinds(launch),
    turns: guests.filter((guest) => guest.toldTurn !== null).length,
    misplaced: misplaced?.length ?? null,
    verifierCode,
    verifierSaid: verified?.said ?? "",
    wrong: judgeLaunch(plan, { shares, mostOfAddress, unequal, misplaced, verifierCode }),
    seconds: (performance.now() - startedMs) / 1_000,
  };
}

/** The honest joined the first list in time, with a puzzle if there are defences. */
const standsWithHonest = ({ entry }: Guest, { hasDefences }: LaunchPlan): boolean =>
  entry?.receipt.list === 0 && entry.receipt.lane === (hasDefences ? 0 : 1);

function mostInLane0(guests: readonly Guest[]): number {
  const inLane0 = guests.filter(({ entry }) => entry?.receipt.lane === 0);
  return Math.max(
    0,
    ...[...Map.groupBy(inLane0, ({ address }) => address).values()].map(({ length }) => length),
  );
}

const countKinds = ({ log }: Launch): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(log, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]));
