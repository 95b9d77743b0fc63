import { PerSecond } from "../engine/per-second.ts";

/** Where shoppers lose time, beside the lines in front of stations. */
export type Loss = "API throttle" | "environments";

/** What is counted while a run goes on. */
export class Tally {
  readonly api = new PerSecond();
  readonly gate = new PerSecond();
  readonly ledger = new PerSecond();
  readonly queue = new PerSecond();
  readonly lost: Record<Loss, number> = { "API throttle": 0, environments: 0 };
  readonly turnedAway: Record<Loss, number> = { "API throttle": 0, environments: 0 };
  tries = 0;
  /** Answers of the gate that brought the filter of holders along. */
  filters = 0;
  /** Their bytes are what they take of the gate's network. */
  readonly filtersPerSecond = new PerSecond();
  acceptedMs: number[] = [];
  confirmedMs = 0;

  turnAway(why: Loss, waitMs: number): void {
    this.turnedAway[why]++;
    this.lost[why] += waitMs;
  }
}
