import type { Station } from "../engine/station.ts";
import { retryWaitMs } from "./page.ts";
import { ends } from "./shoppers.ts";
import { createThrottle } from "./throttle.ts";
import { kinds, type World } from "./world.ts";

/** Of network times: one in twenty takes 1.6 times the median. */
const NETWORK_SPREAD = 0.3;

/**
 * What becomes of one purchase, step by step, as core/purchase/purchase.ts has it: throttle, environment, memory, gate,
 * ledger, queue, gate again, answer. `go` takes a shopper to the next step.
 *
 * @param onAccepted hears of each order that is on the queue
 * @param onEnd hears of each shopper who has an answer for good
 */
export function createPurchasePath(
  world: World,
  { onAccepted, onEnd }: { onAccepted: (shopper: number) => void; onEnd: (shopper: number) => void },
) {
  const { calendar, chance, shoppers, stage, stations, tally, environments } = world;
  const own = stage.function;
  const acceptedStepMs = (own.acceptedMs - own.refusedMs) / 3;

  const wait = (shopper: number, ms: number) => calendar.at(calendar.nowMs + ms, kinds.go, shopper);
  const travel = (shopper: number, ms: number) =>
    wait(shopper, ms === 0 ? 0 : chance.skewed(ms, NETWORK_SPREAD));
  const work = (station: Station | null, shopper: number, ms: number) =>
    station ? station.enter(shopper, ms) : wait(shopper, ms);

  function findNone(shopper: number): void {
    const waitMs = 2 * stage.networkMs + retryWaitMs(shoppers.tries[shopper]!, chance.uniform());
    tally.turnAway("environments", waitMs);
    calendar.at(calendar.nowMs + waitMs, kinds.send, shopper);
  }

  function send(shopper: number): void {
    const { nowMs } = calendar;
    tally.tries++;
    if (shoppers.tries[shopper]! < 255) shoppers.tries[shopper]!++;
    if (shoppers.tries[shopper] === 1) shoppers.clickedMs[shopper] = nowMs;
    shoppers.sentMs[shopper] = nowMs;
    shoppers.step[shopper] = 0;
    const { client } = stage;
    if (client) return stations.client!.enter(shopper, client.refusedMs / 2);
    throttle.enter(shopper);
  }

  const throttle = createThrottle(world, (shopper) => travel(shopper, stage.networkMs));

  /** Lambda has an environment for what API Gateway let through. */
  function arrive(shopper: number): void {
    const { nowMs } = calendar;
    const index = stage.environments ? environments.take(nowMs) : 0;
    if (index === null) return findNone(shopper);
    shoppers.environment[shopper] = index;
    shoppers.takenMs[shopper] = nowMs;
    const coldMs = stage.environments ? environments.coldMs(index, nowMs) : 0;
    tally.lost.environments += coldMs;
    work(stations.api, shopper, own.memoryMs + coldMs);
  }

  function recall(shopper: number): void {
    const isKnown = environments.knowsSoldOut(shoppers.environment[shopper]!, calendar.nowMs);
    if (isKnown) return answer(shopper);
    shoppers.step[shopper] = steps.askGate;
    work(stations.api, shopper, own.refusedMs - own.memoryMs);
  }

  /** The script decides in the order in which attempts come to it, so it may be decided here when it will run. */
  function decide(shopper: number): void {
    tally.gate.add(calendar.nowMs);
    const isReserved = world.available > 0;
    shoppers.isReserved[shopper] = isReserved ? 1 : 0;
    if (isReserved) world.available--;
    stations.gate.enter(shopper, isReserved ? stage.gate.reservedMs : stage.gate.refusedMs);
  }

  function decided(shopper: number): void {
    if (shoppers.isReserved[shopper]) return work(stations.api, shopper, acceptedStepMs);
    const index = shoppers.environment[shopper]!;
    if (!environments.knowsSoldOut(index, calendar.nowMs)) {
      tally.filters++;
      tally.filtersPerSecond.add(calendar.nowMs);
      environments.learnSoldOut(index, calendar.nowMs);
    }
    answer(shopper);
  }

  function put(shopper: number): void {
    tally.ledger.add(calendar.nowMs);
    // Buyers' ids are spread over the parts evenly, whatever their order.
    stations.ledger[chance.whole(stations.ledger.length)]!.enter(shopper, stage.ledger.putMs);
  }

  function enqueue(shopper: number): void {
    tally.queue.add(calendar.nowMs);
    work(stations.queue, shopper, stage.queue.sendMs);
  }

  /** The environment is free from here on; the answer is still under way. */
  function answer(shopper: number): void {
    const { nowMs } = calendar;
    if (stage.environments) {
      const index = shoppers.environment[shopper]!;
      calendar.at(environments.freeAtMs(shoppers.takenMs[shopper]!, nowMs), kinds.release, index);
    }
    shoppers.step[shopper] = steps.answered;
    if (stage.networkMs > 0) travel(shopper, stage.networkMs);
    else receive(shopper);
  }

  function receive(shopper: number): void {
    shoppers.step[shopper] = steps.received;
    const { client } = stage;
    if (!client) return finish(shopper);
    const ms = shoppers.isReserved[shopper] ? client.acceptedMs : client.refusedMs;
    stations.client!.enter(shopper, ms - client.refusedMs / 2);
  }

  function finish(shopper: number): void {
    const { nowMs } = calendar;
    const isAccepted = shoppers.isReserved[shopper] === 1;
    shoppers.finish(shopper, isAccepted ? ends.accepted : ends.refused, nowMs);
    if (isAccepted) {
      tally.acceptedMs.push(nowMs);
      if (tally.acceptedMs.length === world.scenario.units) world.soldOutMs = nowMs;
    }
    onEnd(shopper);
  }

  const steps = { askGate: 2, answered: 13, received: 15 };
  const doThis: readonly ((shopper: number) => void)[] = [
    arrive,
    recall,
    // askGate: the function is ready to ask.
    (shopper) => travel(shopper, stage.gate.roundTripMs),
    decide,
    decided,
    (shopper) => travel(shopper, stage.ledger.roundTripMs),
    put,
    (shopper) => work(stations.api, shopper, acceptedStepMs),
    (shopper) => travel(shopper, stage.queue.roundTripMs),
    enqueue,
    (shopper) => {
      onAccepted(shopper);
      work(stations.api, shopper, acceptedStepMs);
    },
    (shopper) => travel(shopper, stage.gate.roundTripMs),
    (shopper) => {
      shoppers.step[shopper] = 14;
      stations.gate.enter(shopper, stage.gate.clearMs);
    },
    // answered: the answer has come to the shopper.
    receive,
    answer,
    finish,
  ];

  function go(shopper: number): void {
    const step = shoppers.step[shopper]!;
    shoppers.step[shopper] = step + 1;
    doThis[step]!(shopper);
  }

  return { send, go, throttle: () => throttle.decide() };
}
