import { type Schedule, type ScheduleName, schedules } from "../core/topology.ts";
import { scheduleNeeds } from "./function-needs.ts";
import { productFunction } from "./product-function.ts";
import { stage } from "./stage.ts";
import { titleOf } from "./title-of.ts";
import type { World } from "./world.ts";

/** What a schedule has beside its function. */
export type ScheduleParts = {
  readonly settings?: Pick<sst.aws.CronV2Args, "retries" | "enabled">;
  readonly environment?: Record<string, $util.Input<string>>;
  readonly permissions?: sst.aws.FunctionPermissionArgs[];
  /** Alarms beside those of its function. */
  readonly watch?: (alarms: World["alarms"], lambda: $util.Output<sst.aws.Function>) => void;
};

/** Starts each schedule of core/topology.ts in its time. Null: not in this stage. */
export function createSchedules(
  world: World,
  partsOf: Readonly<Record<ScheduleName, ScheduleParts | null>>,
): void {
  for (const name of Object.keys(schedules) as ScheduleName[]) {
    const parts = partsOf[name];
    const schedule: Schedule = schedules[name];
    if (!parts || (schedule.isForProduction && !stage.isProduction)) continue;
    const base = productFunction(schedule, scheduleNeeds[name], world);
    const cron = new sst.aws.CronV2(titleOf(name), {
      schedule: rateOf(schedule.everySeconds),
      function: {
        ...base,
        environment: { ...base.environment, ...parts.environment },
        permissions: [...base.permissions, ...(parts.permissions ?? [])],
      },
      ...parts.settings,
    });
    world.alarms.watchFunction(titleOf(name), cron.nodes.function);
    parts.watch?.(world.alarms, cron.nodes.function);
  }
}

/** AWS says `1 minute` but `2 minutes`. */
function rateOf(seconds: number): `rate(${string})` {
  const [count, unit] = seconds % 3_600 === 0 ? [seconds / 3_600, "hour"] : [seconds / 60, "minute"];
  return `rate(${count} ${unit}${count === 1 ? "" : "s"})`;
}
