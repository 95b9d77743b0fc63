import type { Source } from "./arrivals.ts";
import { reactionMs } from "./page.ts";
import { ends } from "./shoppers.ts";
import type { Arrivals } from "./stage.ts";
import { kinds, type World } from "./world.ts";

type Line = Extract<Arrivals, { mode: "waiting_room" | "draw" }>;

/** A step of the line holds from so long after it is written. */
const STEP_HOLDS_AFTER_MS = 3_000;
const STEP_EVERY_MS = 1_000;
/** Pages read the line's one file each second from the CDN, which keeps it for a second. */
const READS_WITHIN_MS = 2_000;
const SECOND_MS = 1_000;
/** A room lets in more than the stock can serve, since some turns lapse; so that the last units need not wait for them. */
const ROOM_MARGIN = 2;

/**
 * Turns, in the order of the lots: each second as many as the pace allows and the stock can still serve. In a draw a turn is
 * a promise, so there are never more of them than units; in a room it is a chance, and some more are let in.
 */
export function lineArrivals(world: World, line: Line): Source {
  const { calendar, chance, scenario, shoppers } = world;
  let admitted = 0;
  let inside = 0;
  calendar.at(0, kinds.step, 0);

  function room(): number {
    const turns = line.mode === "draw" ? world.available : ROOM_MARGIN * world.available;
    return Math.max(0, Math.min(line.admissionsPerSecond, line.mostInside - inside, turns - inside));
  }

  function step(): void {
    if (world.soldOutMs !== null) return tellTheRest();
    const upTo = Math.min(scenario.crowd, admitted + room());
    for (; admitted < upTo; admitted++) admit(admitted);
    if (admitted < scenario.crowd || inside > 0) calendar.at(calendar.nowMs + STEP_EVERY_MS, kinds.step, 0);
  }

  function admit(shopper: number): void {
    inside++;
    const fromMs = calendar.nowMs + STEP_HOLDS_AFTER_MS;
    if (chance.uniform() >= line.shareWhoBuy)
      return calendar.at(fromMs + line.turnSeconds * SECOND_MS, kinds.lapse, shopper);
    calendar.at(fromMs + chance.below(READS_WITHIN_MS) + reactionMs(chance), kinds.send, shopper);
  }

  function tellTheRest(): void {
    for (; admitted < scenario.crowd; admitted++)
      shoppers.finish(admitted, ends.told, calendar.nowMs + READS_WITHIN_MS);
  }

  return {
    onEnd: () => inside--,
    on: (kind, shopper) => {
      if (kind === kinds.step) return step();
      inside--;
      shoppers.finish(shopper, ends.lapsed, calendar.nowMs);
    },
    isTold: () => false,
  };
}
