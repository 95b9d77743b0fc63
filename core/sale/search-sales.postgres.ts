import { type Expression, type ExpressionBuilder, type Kysely, sql, type SqlBool } from "kysely";
import type { PhaseFilter, SalesQuery, VisibilityFilter } from "../contract/admin.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { TEST_CURRENCY } from "./listed-sales.ts";
import type { Sale } from "./sale.ts";
import { saleOf } from "./sales.postgres.ts";

type Sales = ExpressionBuilder<Database, "sales">;
export type SalePage = { readonly sales: Sale[]; readonly next: SaleId | null; readonly found: number };

/**
 * A page of the sales that a search finds, newest first, each once however many are made meanwhile. Those in the currency for
 * tests, which every hour makes one of, are found by their name or id alone.
 *
 * @param nowMs of the server's clock: whether a sale has begun. @returns with how many sales all pages have.
 */
export async function searchSales(
  db: Kysely<Database>,
  { after, limit, ...filter }: SalesQuery,
  nowMs: number,
): Promise<SalePage> {
  const matching = db.selectFrom("sales").where((eb) => eb.and(conditions(eb, filter, new Date(nowMs))));
  const [rows, { found }] = await Promise.all([
    matching
      .selectAll()
      .$if(after !== undefined, (query) => query.where("id", "<", after!))
      .orderBy("id", "desc")
      .limit(limit + 1)
      .execute(),
    matching.select((eb) => eb.fn.countAll<string>().as("found")).executeTakeFirstOrThrow(),
  ]);
  const sales = rows.slice(0, limit).map(saleOf);
  const isLast = rows.length <= limit;
  return { sales, next: isLast ? null : sales.at(-1)!.saleId, found: Number(found) };
}

type Filter = Omit<SalesQuery, "after" | "limit">;

function conditions(eb: Sales, { search, phase, visibility }: Filter, now: Date): Expression<SqlBool>[] {
  return [
    search === "" ? eb("currency", "<>", TEST_CURRENCY) : bySearch(eb, search),
    ...(phase === undefined ? [] : [eb("visibility", "<>", "draft"), ...byPhase(eb, phase, now)]),
    ...(visibility === undefined ? [] : [byVisibility(eb, visibility)]),
  ];
}

/** A part of the name, in any language and case, or the beginning of the id; nothing in it is a pattern. */
function bySearch(eb: Sales, search: string): Expression<SqlBool> {
  const literally = search.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const part = `%${literally}%`;
  const translated = sql<SqlBool>`exists (
    select from jsonb_each(translations) as translation where translation.value ->> 'name' ilike ${part})`;
  return eb.or([eb("name", "ilike", part), translated, sql<SqlBool>`id like ${`${literally}%`}`]);
}

const byVisibility = (eb: Sales, visibility: VisibilityFilter) =>
  visibility === "not_retired" ? eb("visibility", "<>", "retired") : eb("visibility", "=", visibility);

/** As phaseOf in core/sale/sale.ts has it, from what PostgreSQL knows; it never says that a sale is recovering. */
function byPhase(eb: Sales, phase: PhaseFilter, now: Date): Expression<SqlBool>[] {
  const isOver = eb.or([eb("state", "=", "ended"), eb("ends_at", "<=", now)]);
  if (phase === "ended") return [isOver];
  const goesOn = eb.or([eb("ends_at", "is", null), eb("ends_at", ">", now)]);
  if (phase === "paused") return [eb("state", "=", "paused"), goesOn];
  const isSelling = [eb("state", "=", "running"), goesOn];
  if (phase === "scheduled") return [...isSelling, eb("starts_at", ">", now)];
  const isSoldOut = sql<SqlBool>`sold + withheld >= allocated`;
  const hasBegun = [...isSelling, eb("starts_at", "<=", now)];
  return [...hasBegun, phase === "sold_out" ? isSoldOut : eb.not(isSoldOut)];
}
