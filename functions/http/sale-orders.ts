import { ordersCsv, searchOrders } from "../../core/orders/search-orders.postgres.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { administration } from "../compose/administration.ts";
import { csvFile, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/request.ts";

export const handler = endpoint("saleOrders", async ({ event, query }) => {
  const saleId = readPathId(event, "saleId");
  const { db } = await administration();
  if (!(await findSale(db, saleId))) return refuse("not_found", { detail: "There is no such sale" });
  const page = await searchOrders(db, saleId, query);
  if (query.format === "json") return { status: 200, body: page };
  const text = ordersCsv(page.orders, query.after === undefined);
  return csvFile(`orders-${saleId}`, text, page.next === null ? {} : { "x-next": page.next });
});
