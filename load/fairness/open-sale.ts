import { setTimeout as sleep } from "node:timers/promises";
import { buy } from "./buy.ts";
import type { Guest, Launch } from "./launch.ts";

/** Of one identity at the opening: more than the attempt limit lets through in ten seconds. */
const TRIES = 20;
const HAMMER_BEFORE_MS = 1_000;
const LATE_MS = 500;

/** An open sale: whoever comes first buys. Bots are there at the opening, and people a moment later. */
export async function runOpenSale(launch: Launch): Promise<void> {
  await Promise.all(launch.guests.map((guest) => comeAndBuy(launch, guest)));
}

async function comeAndBuy(launch: Launch, guest: Guest): Promise<void> {
  const { startsAtMs } = launch;
  switch (guest.kind) {
    case "honest":
      await until(startsAtMs + guest.reactionMs);
      await buy(launch, guest, { isPatient: true });
      return;
    case "many_tries":
      await until(startsAtMs);
      await Promise.all(Array.from({ length: TRIES }, () => buy(launch, guest)));
      return;
    case "early_hammering":
      await until(startsAtMs - HAMMER_BEFORE_MS);
      for (let last = await buy(launch, guest); last.kind === "not_open"; last = await buy(launch, guest));
      return;
    case "late_burst":
      await until(startsAtMs + LATE_MS);
      await buy(launch, guest);
      return;
    // There is no ticket to steal.
    case "replay":
    case "many_identities":
      await until(startsAtMs);
      await buy(launch, guest);
      return;
    default:
      return guest.kind satisfies never;
  }
}

const until = (ms: number) => sleep(Math.max(0, ms - Date.now()));
