import { schedules } from "../../core/topology.ts";
import type { FaultCloud } from "../faults/fault-cloud.ts";
import { hasKilled } from "../faults/kills.ts";
import { waitUntil } from "../faults/wait-until.ts";
import { atPoint } from "../faults/worker-control.ts";
import { disturbLine } from "./disturb-line.ts";
import { followLine } from "./follow-line.ts";
import { joinLine } from "./join-line.ts";
import { judgeSale, type LaunchResult } from "./judge-sale.ts";
import { acceptedOf, callerOf, type Guest, type Launch } from "./launch.ts";
import { type Breakage, type LaunchPlan, nameOf } from "./launch-plan.ts";
import { runOpenSale } from "./open-sale.ts";
import { type CrowdSize, startLaunch } from "./start-launch.ts";

const OPENS_IN_MS = 15_000;
const JOINS_AT_ONCE = 8;
const LINE_LIMIT_MS = 15 * 60_000;
const COUNT_EVERY_MS = 500;
const OPEN_COUNT_EVERY_MS = 50;
const TELL_EVERY_MS = 30_000;

export type GroupOptions = {
  readonly size: CrowdSize;
  readonly folder: string;
  readonly onProgress: (text: string) => void;
};

/** Runs launches at the same time in one cloud, and judges each. @throws if what was to break did not. */
export async function runGroup(
  cloud: FaultCloud,
  plans: readonly LaunchPlan[],
  { size, folder, onProgress }: GroupOptions,
): Promise<LaunchResult[]> {
  const startedMs = performance.now();
  const breakage = plans.find((plan) => plan.breakage !== null)?.breakage ?? null;
  const start = (plan: LaunchPlan) => startLaunch(cloud.apiUrl, plan, size, OPENS_IN_MS);
  await cloud.reset();
  await cloud.guardians.down();
  if (breakage === "guardian" && plans.some(({ mode }) => mode !== "open"))
    await cloud.workers.rearm("guardian", killedInTheLine);
  onProgress(`${plans.map(nameOf).join(", ")}: people sign in`);
  const lines = await Promise.all(plans.filter(({ mode }) => mode !== "open").map(start));
  const tell = () => lines.length > 0 && onProgress(lines.map(courseOf).join("; "));
  const telling = setInterval(tell, TELL_EVERY_MS);
  try {
    return await runLines(cloud, { plans, lines, start, breakage, startedMs }, { folder, onProgress });
  } finally {
    clearInterval(telling);
  }
}

/** How far a launch has come. */
const courseOf = (launch: Launch): string =>
  `${nameOf(launch.plan)}: ${countEntries(launch)} of ${launch.guests.length} joined, ${acceptedOf(launch)} bought`;

type Group = {
  readonly plans: readonly LaunchPlan[];
  readonly lines: readonly Launch[];
  readonly start: (plan: LaunchPlan) => Promise<Launch>;
  readonly breakage: Breakage | null;
  readonly startedMs: number;
};

async function runLines(
  cloud: FaultCloud,
  { plans, lines, start, breakage, startedMs }: Group,
  { folder, onProgress }: Omit<GroupOptions, "size">,
): Promise<LaunchResult[]> {
  await Promise.all(lines.map((launch) => joinAll(launch, (kind) => kind !== "late_burst")));
  if (lines.length > 0) onProgress(`joined: ${lines.map(countEntries).join(", ")}; the lists close`);
  await Promise.all(lines.map(disturbLine));
  cloud.guardians.add();
  const open = await Promise.all(plans.filter(({ mode }) => mode === "open").map(start));
  const strike = breakage === null ? null : breakThings(cloud, breakage, { lines, open }, onProgress);
  await Promise.all([...open.map(runOpenSale), ...lines.map(runLine), strike]);
  onProgress("all have bought who could");
  const results = await Promise.all(
    [...open, ...lines].map((launch) => judgeSale(cloud, launch, folder, startedMs)),
  );
  for (const { callers } of [...open, ...lines]) for (const caller of Object.values(callers)) caller.close();
  for (const { plan, wrong } of results)
    onProgress(`${nameOf(plan)}: ${wrong.length === 0 ? "fair" : `WRONG: ${wrong[0]}`}`);
  return results;
}

const countEntries = ({ guests }: Launch) => guests.filter(({ entry }) => entry !== null).length;

/** The late ones come while the list closes. */
async function runLine(launch: Launch): Promise<void> {
  await joinAll(launch, (kind) => kind === "late_burst");
  await followLine(launch, { limitMs: LINE_LIMIT_MS });
}

/** Some at a time, in the order of the plan; the honest do not wait for bots within this client. */
async function joinAll(launch: Launch, isNow: (kind: Guest["kind"]) => boolean): Promise<void> {
  const all = launch.guests.filter(({ kind }) => isNow(kind));
  const groups = Map.groupBy(all, (guest) => callerOf(launch, guest));
  await Promise.all(
    [...groups.values()].map(async (guests) => {
      const next = guests.values();
      const work = async () => {
        for (const guest of next) await joinLine(launch, guest);
      };
      await Promise.all(Array.from({ length: JOINS_AT_ONCE }, work));
    }),
  );
}

/** One guardian dies once a root stands, the next one once a step does. */
const killedInTheLine = [
  ...atPoint("line_after_root", "SIGKILL", [0]),
  ...atPoint("line_after_step", "SIGKILL", [0]),
];
const { handler: guardian } = schedules.guardian;

async function breakThings(
  cloud: FaultCloud,
  breakage: Breakage,
  { lines, open }: Readonly<Record<"lines" | "open", readonly Launch[]>>,
  onProgress: GroupOptions["onProgress"],
): Promise<void> {
  switch (breakage) {
    case "guardian":
      if (open.length > 0) {
        await aQuarterIsSold(open);
        await cloud.guardians.down();
        cloud.guardians.add();
        return onProgress("the guardian of an open sale was killed");
      }
      await waitUntil("the guardian is killed", async () => hasKilled(guardian)(cloud), LINE_LIMIT_MS);
      return onProgress("a guardian was killed after a line of the log");
    case "redis": {
      const accepted = await aQuarterIsSold([...lines, ...open]);
      await cloud.redis.node().client.flushall();
      return onProgress(`Redis lost everything after ${accepted} purchases`);
    }
    default:
      return breakage satisfies never;
  }
}

/** Answers how many purchases were accepted by then. */
async function aQuarterIsSold(launches: readonly Launch[]): Promise<number> {
  const quarter = launches.reduce((sum, { units }) => sum + units, 0) / 4;
  const accepted = () => launches.reduce((sum, launch) => sum + acceptedOf(launch), 0);
  // Each look counts a whole log anew; an open sale is over within seconds.
  const everyMs = launches.some(({ plan }) => plan.mode === "open") ? OPEN_COUNT_EVERY_MS : COUNT_EVERY_MS;
  await waitUntil("a quarter is sold", async () => accepted() >= quarter, LINE_LIMIT_MS, everyMs);
  return accepted();
}
