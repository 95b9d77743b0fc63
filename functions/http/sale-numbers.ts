import { findSale } from "../../core/sale/sales.postgres.ts";
import { administration, numbersOf } from "../administration.ts";
import { refuse } from "../answer.ts";
import { endpoint } from "../endpoint.ts";
import { readPathId } from "../request.ts";

export const handler = endpoint("saleNumbers", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const deps = await administration();
  const sale = await findSale(deps.db, saleId);
  return sale
    ? { status: 200, body: await numbersOf(deps, sale) }
    : refuse("not_found", { detail: "There is no such sale" });
});
