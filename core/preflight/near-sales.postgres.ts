import { type Kysely, sql } from "kysely";
import type { Database } from "../postgres/database.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";

/** When the first buyer of a sale may buy: a tier's opening, or its own. */
const firstOpening = sql<Date>`least(starts_at, (select min((tier ->> 'startsAt')::timestamptz)
  from jsonb_array_elements(coalesce(guests -> 'tiers', '[]'::jsonb)) as tier))`;

/** Sales that open to their first buyer within a time from now; nobody is asked whether one for tests may open. */
export const openingWithin = (db: Kysely<Database>, ms: number, nowMs: number) =>
  db
    .selectFrom("sales")
    .select(["id", "name"])
    .where(firstOpening, ">", new Date(nowMs))
    .where(firstOpening, "<=", new Date(nowMs + ms))
    .where("state", "=", "running")
    .where("epoch", ">", 0)
    .where("currency", "<>", TEST_CURRENCY)
    .execute();

/** So long before its start a sale is looked after each second. */
export const NEAR_BEFORE_MS = 5 * 60 * 1000;

/**
 * Whether a sale is open, about to open, or over and not yet closed: somebody must look after it each second. A sale that
 * opens tomorrow needs one look a minute, one that is closed none.
 */
export async function isSaleNear(db: Kysely<Database>, nowMs: number): Promise<boolean> {
  const nearMs = new Date(nowMs + NEAR_BEFORE_MS);
  const near = await db
    .selectFrom("sales")
    .select("id")
    .where("closed_at", "is", null)
    .where("epoch", ">", 0)
    .where((eb) =>
      eb.or([
        eb(firstOpening, "<=", nearMs),
        // A line is kept from when its first list closes.
        eb(sql<Date>`(mode ->> 'closesAt')::timestamptz`, "<=", nearMs),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return near !== undefined;
}
