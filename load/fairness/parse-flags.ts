import * as v from "valibot";
import { saleId } from "../../core/contract/ids.ts";
import type { SaleId } from "../../core/ids.ts";
import { LocalError } from "../../local/local-error.ts";
import { readFlags, seedFlag, wholeFlag } from "../flags.ts";
import { launchModes, type LaunchPlan } from "./launch-plan.ts";
import { leastInLane0, planPeople, type PeoplePlan } from "./people.ts";
import type { Rehearsal } from "./rehearse.ts";
import type { CrowdSize } from "./start-launch.ts";

export type FairnessFlags = {
  readonly size: CrowdSize;
  /** Launches of other modes, or with the defences otherwise, are left out. */
  readonly modes: readonly LaunchPlan["mode"][];
  readonly defences: "on" | "off" | "both";
  readonly hasBreakages: boolean;
  /** People for a sale that is there already; null: launches of this command's own. */
  readonly rehearsal: Rehearsal | null;
  readonly wantsHelp: boolean;
};

export const helpText = `npm run fairness -- [flags]

Launches a sale in each mode (open, waiting_room, draw) with defences on and off, then each with Redis lost and with a guardian
killed in the middle. One person in a hundred is honest; the rest are bots that try often, have many identities behind one address,
hammer early, replay tickets and solutions of others, or come in a late burst. There are fewer units than the honest people's lane
holds, so that the order inside it matters. The ideal: whoever stands in that lane of the first list has the same chance, bots
included. Shows what honest people got of it, and holds every turn against the order that verify-fairness.mjs has checked.

Exit code 1: honest people got less than 0.9 of the ideal in a room or draw with defences on (of a small crowd three standard
deviations less than the ideal, since lots alone take more than a tenth); they have less than twice what lots give them without
defences; one address has more than 29 entries in lane 0; an order of turns differs; the script does not end with 0; or the stores do
not agree, order by order. Report with a chart: .local/fairness/<time>/.

  --people N     people at each launch (default 20000)
  --honest SHARE of them honest (default 0.01)
  --units N      units of each sale (default: 0.95 of what is sure to stand in lane 0)
  --seed N       chooses who is what; the same seed, the same people (default: a new one, printed)
  --modes A,B    only launches in these modes: open, waiting_room, draw (default: all)
  --defences X   on or off: only launches with the defences so (default: both)
  --no-breakages only the launches in which nothing breaks
  --help         this text

With --sale nothing of that: brings --people (2000 unless said otherwise) to the line of a sale that you have made, in the cloud that
\`npm start\` runs in another terminal. They join, wait, and each buys one in their turn; one in twenty solves the puzzle. Exit
code 1 if somebody is told of another turn than the line gives.

  --sale ID      the sale: one with a waiting room or a draw that people can join now
  --only-join    they wait, and none of them buys: you can
  --url URL      the API (default http://127.0.0.1:4000)
  --data DIR     data folder of that \`npm start\` (default .local)

Defences here are the puzzle with its slower lane, what its cost and the lane make of many behind one address, and the limit of
attempts. "Off" means that nobody solves a puzzle, so all stand in one lane, and that attempts are as good as unlimited. One bot in
twenty solves the puzzle all the same, and at least 40 of each thousand identities of one hand. This command's own cloud believes
the addresses that its people say they have; no other does.

The contract wants two minutes between the end of joining and the opening. No guardian runs while people join, and the list
closes when one starts: that saves the wait. A line then takes 30 s until its round; the rest is joining and puzzles.
Before bots behind one address had dear puzzles to pay, ten launches took 4 minutes with 200 people on two cores, and 32 with 20000. Most of
a launch with defences is puzzles: one person in seventeen solves one, an eighth to a quarter of a second of a processor each.`;

/** Of those who are sure to stand in lane 0: with as many units as people in it, its order would not matter. */
const UNITS_OF_LANE_0 = 0.95;
const LEAST_UNITS = 4;

/** Reads the flags of `npm run fairness`. */
export function parseFlags(args: readonly string[]): FairnessFlags {
  const values = readFlags("fairness", args, {
    people: { type: "string" },
    sale: { type: "string" },
    "only-join": { type: "boolean", default: false },
    url: { type: "string", default: "http://127.0.0.1:4000" },
    data: { type: "string", default: ".local" },
    honest: { type: "string", default: "0.01" },
    units: { type: "string" },
    seed: { type: "string" },
    modes: { type: "string" },
    defences: { type: "string", default: "both" },
    "no-breakages": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  const { sale, url, data } = values;
  const people = wholeFlag("people", values.people ?? (sale === undefined ? "20000" : "2000"), sale ? 1 : 20);
  const honestShare = Number(values.honest);
  if (!(honestShare > 0 && honestShare <= 1))
    throw new LocalError(`--honest must be a share above 0 and up to 1, not "${values.honest}".`);
  const crowd = { people, honestShare, seed: seedFlag(values.seed) };
  const units = values.units === undefined ? unitsFor(crowd) : wholeFlag("units", values.units, LEAST_UNITS);
  return {
    size: { ...crowd, units },
    modes: modesFlag(values.modes),
    defences: defencesFlag(values.defences),
    hasBreakages: !values["no-breakages"],
    rehearsal:
      sale === undefined
        ? null
        : { saleId: saleFlag(sale), url, dataDir: data, people, onlyJoin: values["only-join"] },
    wantsHelp: values.help,
  };
}

const unitsFor = (crowd: PeoplePlan): number =>
  Math.max(LEAST_UNITS, Math.floor(leastInLane0(planPeople(crowd)) * UNITS_OF_LANE_0));

function saleFlag(value: string): SaleId {
  const { success, output } = v.safeParse(saleId, value);
  if (!success) throw new LocalError(`--sale must be the id of a sale (sale_…), not "${value}".`);
  return output;
}

function modesFlag(value: string | undefined): FairnessFlags["modes"] {
  if (value === undefined) return launchModes;
  const names = value.split(",");
  const unknown = names.find((name) => !launchModes.some((mode) => mode === name));
  if (unknown !== undefined)
    throw new LocalError(`--modes knows ${launchModes.join(", ")}, not "${unknown}".`);
  return launchModes.filter((mode) => names.includes(mode));
}

function defencesFlag(value: string): FairnessFlags["defences"] {
  if (value === "on" || value === "off" || value === "both") return value;
  throw new LocalError(`--defences is "${value}": give on or off.`);
}
