import { noticesMs, OPENING_MS, reactionMs } from "./page.ts";
import { ends } from "./shoppers.ts";
import type { Arrivals } from "./stage.ts";
import { kinds, type World } from "./world.ts";

/** What starts purchases, and what it does when one of them has ended. */
export type Source = {
  readonly onEnd: (shopper: number) => void;
  /** An event of its own. */
  readonly on: (kind: number, subject: number) => void;
  /** Whether this shopper's page has shown "sold out" before Buy was pressed: then nothing is sent. */
  readonly isTold: (shopper: number) => boolean;
};

const nothing = () => {};

/** Everybody sees the opening on their own page, and presses Buy once. */
export function openArrivals(world: World, arrivals: Extract<Arrivals, { mode: "open" }>): Source {
  const { calendar, chance, shoppers } = world;
  for (let shopper = 0; shopper < world.scenario.crowd; shopper++)
    calendar.at(OPENING_MS + reactionMs(chance), kinds.send, shopper);
  function isTold(shopper: number): boolean {
    if (world.soldOutMs === null || shoppers.tries[shopper]! > 0) return false;
    if (calendar.nowMs < world.soldOutMs + noticesMs(chance, arrivals.pollAfterMs)) return false;
    shoppers.finish(shopper, ends.told, calendar.nowMs);
    return true;
  }
  return { onEnd: nothing, on: nothing, isTold };
}

/** A load client's connections, each with one request at a time. */
export function connectionArrivals({ calendar, scenario }: World, connections: number): Source {
  let next = 0;
  const sendNext = () => {
    if (next < scenario.crowd) calendar.at(calendar.nowMs, kinds.send, next++);
  };
  for (let i = 0; i < connections; i++) sendNext();
  return { onEnd: sendNext, on: nothing, isTold: () => false };
}
