import { auditOf } from "../../core/sale/audit.postgres.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { administration } from "../compose/administration.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/request.ts";

export const handler = endpoint("saleAudit", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const { db } = await administration();
  if (!(await findSale(db, saleId))) return refuse("not_found", { detail: "There is no such sale" });
  return { status: 200, body: { entries: await auditOf(db, saleId) } };
});
