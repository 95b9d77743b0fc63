import type { Jobs } from "./jobs.ts";
import { kinds, type World } from "./world.ts";

/** The ledger takes so many copies of events in one call. */
const COPIES_A_CALL = 25;

/**
 * The queue's trigger and the order consumer: one batch is collected at a time, until it is full or its window ends; a few
 * are worked on at once.
 */
export function createConsumer(world: World, jobs: Jobs) {
  const { calendar, stage, stations, tally, chance } = world;
  const { batchSize, windowMs, atOnce, ...each } = stage.consumer;
  let waiting = 0;
  let running = 0;
  let collection = 0;
  let isCollecting = false;

  function collect(): void {
    if (isCollecting || waiting === 0 || running === atOnce) return;
    isCollecting = true;
    calendar.at(calendar.nowMs + windowMs, kinds.window, ++collection);
    startIfFull();
  }

  function startIfFull(): void {
    if (isCollecting && waiting >= batchSize) start();
  }

  function start(): void {
    const rows = Math.min(waiting, batchSize);
    waiting -= rows;
    running++;
    isCollecting = false;
    run(rows, () => {
      running--;
      tally.confirmedMs = calendar.nowMs;
      collect();
    });
    collect();
  }

  function run(rows: number, whenDone: () => void): void {
    stations.queue?.enter(jobs.add(), rows * each.queueMs);
    stations.database.enter(
      jobs.add(() => copy(rows, whenDone)),
      rows * each.databaseMs + each.commitMs,
    );
  }

  /** The function's work and the ledger's, call by call, so that it shares its process with purchases as it does in Node. */
  function copy(rows: number, whenDone: () => void): void {
    if (rows <= 0) return whenDone();
    const some = Math.min(rows, COPIES_A_CALL);
    const next = () => copy(rows - some, whenDone);
    const write = () => {
      const part = stations.ledger[chance.whole(stations.ledger.length)]!;
      part.enter(jobs.add(next), some * each.ledgerMs);
    };
    if (stations.api) stations.api.enter(jobs.add(write), some * each.functionMs);
    else calendar.at(calendar.nowMs + some * each.functionMs, kinds.go, jobs.add(write));
  }

  return {
    receive(): void {
      waiting++;
      collect();
      startIfFull();
    },
    /** The window of a collection ends; a later one may have begun since. */
    windowEnds(subject: number): void {
      if (isCollecting && subject === collection) start();
    },
  };
}
