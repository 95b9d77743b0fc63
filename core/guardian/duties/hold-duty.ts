import type { Kysely } from "kysely";
import { noteHolds, notedHolds } from "../../events/tell-holds.postgres.ts";
import type { GateContents } from "../../gate/gate-contents.redis.ts";
import type { Hold } from "../../gate/holds.ts";
import type { OrderId } from "../../ids.ts";
import type { Warn } from "../../log.ts";
import type { Database } from "../../postgres/database.ts";
import type { Ledger } from "../../reservation/ledger.dynamo.ts";
import type { Reservation } from "../../reservation/reservation.ts";
import type { Duty } from "./duty.ts";

/** Most holds in one look; the others wait for the next. */
const MOST_AT_ONCE = 1_000;
const AT_ONCE = 16;

export type HoldDependencies = {
  readonly db: Kysely<Database>;
  readonly ledger: Pick<Ledger, "get">;
  readonly contents: Pick<GateContents, "holdsFrom">;
  readonly warn: Warn;
};

/**
 * Notes holds that have begun, so that the merchant's own systems are told of them now, not with what ends them. A purchase pays
 * nothing for it: the gate's list of holds is read from where the look before ended. A hold counts once the ledger has it; one that
 * has not got there yet is looked at again.
 */
export function holdDuty(deps: HoldDependencies): Duty {
  let asOf = "";
  let fromMs = Number.NEGATIVE_INFINITY;
  let noted: ReadonlySet<OrderId> = new Set();

  return async ({ sale, view }) => {
    if (view.firstDueMs === null) return "next";
    try {
      await look(sale.saleId, `${view.epoch} ${sale.revision}`);
    } catch (error) {
      deps.warn("holds were not noted", { saleId: sale.saleId, error });
    }
    return "next";
  };

  async function look(saleId: Parameters<HoldDependencies["contents"]["holdsFrom"]>[0], now: string) {
    // Another life of the gate, and other settings, may date new holds before those that were seen.
    if (now !== asOf) fromMs = Number.NEGATIVE_INFINITY;
    const holds = await deps.contents.holdsFrom(saleId, fromMs, MOST_AT_ONCE);
    const unseen = holds.filter(({ orderId }) => !noted.has(orderId));
    const known = await notedHolds(
      deps.db,
      unseen.map(({ orderId }) => orderId),
    );
    const found = await readAll(unseen.filter(({ orderId }) => !known.has(orderId)));
    await noteHolds(deps.db, [...found.values()]);
    const isNoted = ({ orderId }: Hold) => noted.has(orderId) || known.has(orderId) || found.has(orderId);
    const next = holds.find((hold) => !isNoted(hold)) ?? holds.at(-1);
    asOf = now;
    fromMs = next?.dueMs ?? fromMs;
    noted = new Set(
      holds.filter((hold) => hold.dueMs >= fromMs && isNoted(hold)).map(({ orderId }) => orderId),
    );
  }

  async function readAll(holds: readonly Hold[]): Promise<Map<OrderId, Reservation>> {
    const found = new Map<OrderId, Reservation>();
    for (let i = 0; i < holds.length; i += AT_ONCE)
      await Promise.all(
        holds.slice(i, i + AT_ONCE).map(async ({ orderId, buyerId }) => {
          const entry = await deps.ledger.get(orderId, buyerId);
          if (entry) found.set(orderId, entry.reservation);
        }),
      );
    return found;
  }
}
