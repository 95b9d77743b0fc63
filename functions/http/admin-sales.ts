import { listSales } from "../../core/sale/sales.postgres.ts";
import { administration, numbersOf } from "../compose/administration.ts";
import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("adminSales", async () => {
  const deps = await administration();
  const sales = await listSales(deps.db);
  return { status: 200, body: { sales: await Promise.all(sales.map((sale) => numbersOf(deps, sale))) } };
});
