import type { FaultPoint } from "../../../core/fault-point.ts";
import type { LogLine } from "../../../core/line/log-line.ts";
import { schedules } from "../../../core/topology.ts";
import type { Launch } from "../../fairness/launch.ts";
import { hasKilled } from "../kills.ts";
import type { FaultMode, LineFault, LineStage } from "../line/line-fault.ts";
import { readLogLines } from "../line/line-log.ts";

import { waitUntil } from "../wait-until.ts";
import { atPoint } from "../worker-control.ts";

const { handler: guardian } = schedules.guardian;
const STOP_LIMIT_MS = 60_000;

/** Each step of a guardian's work on a line, and at which of its passings it strikes. */
const steps = [
  { when: "closing", point: "line_after_closing", passes: 0, what: "a list's closing is in the log" },
  { when: "pages", point: "line_after_pages", passes: 0, what: "a list's pages are written" },
  { when: "root", point: "line_after_root", passes: 0, what: "a list's root and round are in the log" },
  { when: "key", point: "line_after_key", passes: 0, what: "a list's key is in the log" },
  { when: "step", point: "line_after_step", passes: 1, what: "a step is in the log" },
  { when: "telling", point: "line_after_telling", passes: 2, what: "the gate is told" },
] as const satisfies readonly { when: string; point: FaultPoint; passes: number; what: string }[];

const named = { waiting_room: "room", draw: "draw" } as const;
/** In a draw entries state one to three units, so that some are passed over. */
const limitsOf = (mode: FaultMode) => (mode === "draw" ? ([3] as const) : ([1] as const));

/**
 * A list closes, is read and is drawn once, and nobody is in two steps: whoever was at work, however often. A draw says once that it has
 * all its winners, and no winner was told before that they had not been selected.
 */
async function judgeOnce({ cloud, launch, alsoJudge }: LineStage): Promise<void> {
  const lines = await readLogLines(cloud, launch.saleId);
  const isDraw = launch.plan.mode === "draw";
  const kinds = ["rules", "closing", "root", "key", "end", ...(isDraw ? ["allocation"] : [])];
  const twice = kinds.filter((kind) => lines.filter((line) => line.kind === kind).length !== 1);
  alsoJudge(() => twice.map((kind) => `the log has ${kind} not once`));
  if (isDraw) alsoJudge(() => calledPassedOver(launch, lines));
}

/** Winners of the first pass who had been told that they were none. */
function calledPassedOver({ guests }: Launch, lines: readonly LogLine[]): string[] {
  const firstPass = lines.slice(
    0,
    lines.findIndex(({ kind }) => kind === "allocation"),
  );
  const winners = firstPass.filter(({ kind }) => kind === "step").length;
  return guests
    .filter(({ toldTurn }) => toldTurn?.wasPassedOver === true && toldTurn.step <= winners)
    .map(({ buyer }) => `${buyer.buyerId} was told that they were not selected, and was`);
}

const untilEnd = (stage: LineStage) => stage.until("the line has ended", ({ end }) => end !== null);

/** The draw is run by two guardians at once: the one that is left goes on at once. */
const killed = (mode: FaultMode, { when, point, passes, what }: (typeof steps)[number]): LineFault => ({
  name: `${named[mode]}-killed-after-${when}`,
  line: `${named[mode]}: guardian killed once ${what}${mode === "draw" ? ", and the draw is run twice" : ""}`,
  mode,
  limits: limitsOf(mode),
  prepare: (cloud) => {
    // A draw has few steps. Of its two guardians either may be the one at work.
    const at = mode === "draw" && when === "step" ? 0 : passes;
    return cloud.workers.rearm("guardian", atPoint(point, "SIGKILL", mode === "draw" ? [at, at] : [at]));
  },
  hasStruck: hasKilled(guardian),
  inject: async (stage) => {
    if (mode === "draw") stage.cloud.guardians.add();
    await untilEnd(stage);
    await judgeOnce(stage);
  },
});

/** One stands still, another does its work, and then the first goes on where it stood. */
const frozen = (mode: FaultMode, { when, point, what }: (typeof steps)[number]): LineFault => ({
  name: `${named[mode]}-frozen-after-${when}`,
  line: `${named[mode]}: guardian frozen once ${what}, another goes on, thawed`,
  mode,
  limits: limitsOf(mode),
  prepare: (cloud) => cloud.workers.rearm("guardian", atPoint(point, "SIGSTOP", [0])),
  inject: async (stage) => {
    const { cloud, until } = stage;
    const ghost = await cloud.workers.untilStopped("guardian", STOP_LIMIT_MS);
    if (!ghost) throw new Error(`no guardian came to ${point}`);
    ghost.freeze();
    const before = await stage.line();
    cloud.guardians.add();
    await until("another guardian has gone on", ({ lines }) => lines > before.lines);
    ghost.thaw();
    await untilEnd(stage);
    await judgeOnce(stage);
  },
});

const many = (mode: FaultMode): LineFault => ({
  name: `${named[mode]}-three-guardians`,
  line: `${named[mode]}: three guardians at once on one line, one of them killed again and again`,
  mode,
  limits: limitsOf(mode),
  inject: async (stage) => {
    const { cloud } = stage;
    cloud.guardians.add();
    cloud.guardians.add();
    await waitUntil(
      "the line has ended",
      async () => {
        await cloud.workers.of("guardian")[0]?.kill();
        await new Promise((resume) => setTimeout(resume, KILL_EVERY_MS));
        return (await stage.line()).end !== null;
      },
      LINE_LIMIT_MS,
    );
    await judgeOnce(stage);
  },
});
const KILL_EVERY_MS = 9_000;
const LINE_LIMIT_MS = 180_000;

const modes = ["waiting_room", "draw"] as const;

/** Guardians of a line that die, stand still, or are many. */
export const lineGuardians: readonly LineFault[] = [
  ...modes.flatMap((mode) => steps.map((step) => killed(mode, step))),
  ...modes.flatMap((mode) =>
    steps.filter(({ when }) => when === "pages" || when === "step").map((step) => frozen(mode, step)),
  ),
  ...modes.map(many),
];
