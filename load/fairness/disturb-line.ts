import { buy } from "./buy.ts";
import type { Guest, Launch } from "./launch.ts";

/** What bots do while they and others wait: buy before their turn, and with a ticket that is another's. Neither may get a unit. */
export async function disturbLine(launch: Launch): Promise<void> {
  const stolen = launch.guests.find(({ kind, entry }) => kind === "honest" && entry !== null)?.entry?.ticket;
  await Promise.all(
    launch.guests.map(async (guest) => {
      const ticket = ticketOf(guest, stolen);
      if (ticket === undefined) return;
      const { kind } = await buy(launch, guest, { ticket });
      if (kind !== "not_your_turn" && kind !== "not_open" && kind !== "rate_limited")
        launch.faults.push(`a purchase by ${guest.kind} before its turn was answered ${kind}`);
    }),
  );
}

function ticketOf({ kind, entry }: Guest, stolen: string | undefined): string | undefined {
  if (kind === "early_hammering") return entry?.ticket;
  return kind === "replay" ? stolen : undefined;
}
