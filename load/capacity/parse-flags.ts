import { LocalError } from "../../local/local-error.ts";
import { readFlags, wholeFlag } from "../flags.ts";
import { launchDefaults } from "./forecast.ts";
import type { Mode } from "./model/stage.ts";
import { STORED } from "./service-times.ts";

const modes: readonly Mode[] = ["open", "waiting_room", "draw"];

export type CapacityFlags = {
  readonly command: "forecast" | "measure" | "validate" | "write" | "help";
  /** Absent: ten thousand, a hundred thousand and a million. */
  readonly crowd: number | undefined;
  readonly units: number | undefined;
  readonly mode: Mode;
  readonly seed: number;
  readonly withinSeconds: number;
  readonly admissionsPerSecond: number;
  readonly serviceTimes: string;
  readonly wantsJson: boolean;
};

export const helpText = `npm run capacity -- [flags]

Says what a launch on AWS would be like: seconds until sold out, environments, requests a second, quotas, cost, bottleneck. A
simulation: own service times are measured here, AWS's are quotas and assumptions.

  --crowd N          shoppers (default: 10000, 100000 and 1000000 beside each other)
  --units N          units (default: one for each hundred shoppers)
  --mode MODE        ${modes.join(", ")} (default open)
  --within SECONDS   open: everybody should be answered within; decides what to provision (default ${launchDefaults.withinSeconds})
  --admissions N     waiting_room, draw: turns a second (default ${launchDefaults.admissionsPerSecond})
  --seed N           the same seed, the same figures (default ${launchDefaults.seed})
  --service-times F  a file that --measure has written (default ${STORED})
  --json             everything, for a program
  --measure          measure this machine and write that file
  --validate         three crowds at a local cloud beside what the model says of them; exit code 1 if one differs by a quarter
  --write            make the tables of docs/capacity.md anew
  --help             this text`;

/** Reads the flags of `npm run capacity`. */
export function parseFlags(args: readonly string[]): CapacityFlags {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const values = readFlags("capacity", args, {
    crowd: text,
    units: text,
    mode: { ...text, default: "open" },
    within: { ...text, default: String(launchDefaults.withinSeconds) },
    admissions: { ...text, default: String(launchDefaults.admissionsPerSecond) },
    seed: { ...text, default: String(launchDefaults.seed) },
    "service-times": { ...text, default: STORED },
    json: flag,
    measure: flag,
    validate: flag,
    write: flag,
    help: flag,
  });
  const commands = (["help", "measure", "validate", "write"] as const).filter((name) => values[name]);
  if (commands.length > 1) throw new LocalError(`--${commands.join(" and --")} do not go together.`);
  const mode = modes.find((name) => name === values.mode);
  if (!mode) throw new LocalError(`--mode must be one of ${modes.join(", ")}, not "${values.mode}".`);
  const whole = (name: "crowd" | "units") =>
    values[name] === undefined ? undefined : wholeFlag(name, values[name], 1);
  return {
    command: commands[0] ?? "forecast",
    crowd: whole("crowd"),
    units: whole("units"),
    mode,
    seed: wholeFlag("seed", values.seed, 0),
    withinSeconds: wholeFlag("within", values.within, 1),
    admissionsPerSecond: wholeFlag("admissions", values.admissions, 1),
    serviceTimes: values["service-times"],
    wantsJson: values.json,
  };
}
