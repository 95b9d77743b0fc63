import { systemClock } from "../../core/clock.ts";
import { isAllowed } from "../../core/identity/session.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { watchSale } from "../../core/watch/watch-sale.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { observation } from "../compose/observation.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("saleNumbers", async ({ event, session }) => {
  const saleId = readPathId(event, "saleId");
  const deps = await observation();
  const sale = await findSale(deps.db, saleId);
  const maySeeRevenue = isAllowed(session.role, "operator");
  return sale
    ? { status: 200, body: await watchSale(deps, sale, systemClock.nowMs(), maySeeRevenue) }
    : refuse("not_found", { detail: "There is no such sale" });
});
