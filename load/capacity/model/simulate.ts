import { connectionArrivals, openArrivals, type Source } from "./arrivals.ts";
import { createConsumer } from "./consumer.ts";
import { Jobs } from "./jobs.ts";
import { lineArrivals } from "./line-arrivals.ts";
import { createPurchasePath } from "./purchase-path.ts";
import { outcomeOf, type Outcome, soFar, type SoFar } from "./outcome.ts";
import type { Scenario, Stage } from "./stage.ts";
import { createWorld, kinds, type World } from "./world.ts";

/** After this the run ends; who is still trying is counted as such. */
export const HORIZON_MS = 30 * 60 * 1000;

/**
 * Plays a sale, event by event: each try of each shopper is an event of its own at environment, gate, ledger and queue,
 * because there one meets the other. Two things are counted in bulk: whom the throttle has turned away (throttle.ts), and
 * what a page merely reads (polls.ts), which the CDN answers and which meets no purchase.
 *
 * The same scenario, seed included, and the same stage give the same outcome. @throws Error if a shopper is lost or ends twice.
 */
export function simulate(scenario: Scenario, stage: Stage): Outcome {
  const world = createWorld(scenario, stage);
  const { calendar, stations, stationOf, shoppers } = world;
  const jobs = new Jobs();
  const consumer = createConsumer(world, jobs);
  const source = sourceOf(world);
  let atSellOut: SoFar | null = null;
  const path = createPurchasePath(world, {
    onAccepted: () => consumer.receive(),
    onEnd: (shopper) => {
      source.onEnd(shopper);
      if (world.soldOutMs !== null) atSellOut ??= soFar(world);
      const { besideRefusedMs = 0, besideAcceptedMs = 0 } = stage.function;
      stations.beside?.enter(jobs.add(), shoppers.isReserved[shopper] ? besideAcceptedMs : besideRefusedMs);
    },
  });
  const goOn = (subject: number) => (subject < 0 ? jobs.done(subject) : path.go(subject));
  const leave = (kind: number, subject: number) => {
    stationOf.get(kind)!.left();
    goOn(subject);
  };

  while (calendar.next() && calendar.nowMs <= HORIZON_MS) {
    const { kind, subject } = calendar;
    if (kind === kinds.go) goOn(subject);
    else if (kind === kinds.throttle) path.throttle();
    else if (kind === kinds.send) {
      if (!source.isTold(subject)) path.send(subject);
    } else if (kind === kinds.release) world.environments.release(subject);
    else if (kind === kinds.machine) {
      const job = world.cores!.due(subject);
      if (job) leave(job.kind, job.subject);
    } else if (kind === kinds.window) consumer.windowEnds(subject);
    else if (kind === kinds.step || kind === kinds.lapse) source.on(kind, subject);
    else leave(kind, subject);
  }
  const counted = shoppers.counts.reduce((sum, count) => sum + count, 0);
  if (counted !== scenario.crowd)
    throw new Error(`${counted} of ${scenario.crowd} shoppers are accounted for`);
  return outcomeOf(world, atSellOut);
}

function sourceOf(world: World): Source {
  const { arrivals } = world.scenario;
  if (arrivals.mode === "open") return openArrivals(world, arrivals);
  if (arrivals.mode === "connections") return connectionArrivals(world, arrivals.connections);
  return lineArrivals(world, arrivals);
}
