import { systemClock } from "../../core/clock.ts";
import { searchSales } from "../../core/sale/search-sales.postgres.ts";
import { administration, numbersOf } from "../compose/administration.ts";
import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("adminSales", async ({ query }) => {
  const deps = await administration();
  const { sales, ...page } = await searchSales(deps.db, query, systemClock.nowMs());
  const numbers = await Promise.all(sales.map((sale) => numbersOf(deps, sale)));
  return { status: 200, body: { ...page, sales: numbers } };
});
