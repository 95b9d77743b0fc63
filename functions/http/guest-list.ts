import { guestsCsv, summarizeGuests } from "../../core/administration/change-guests.ts";
import { databaseClient } from "../../core/clients/database.ts";
import { guestsClient } from "../../core/clients/guests.ts";
import { loadConfig } from "../../core/config.ts";
import { isAllowed } from "../../core/identity/session.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { csvFile, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["DATABASE_URL", "LINE_TABLE", "DYNAMODB_ENDPOINT"]);

/** Whose addresses they are, operators may see, and nobody below. */
export const handler = endpoint("guestList", async ({ event, query, session }) => {
  const saleId = readPathId(event, "saleId");
  if (query.format === "csv" && !isAllowed(session.role, "operator")) return refuse("forbidden");
  const [db, lists] = await Promise.all([databaseClient(config), guestsClient(config)]);
  const sale = await findSale(db, saleId);
  if (!sale) return refuse("not_found", { detail: "There is no such sale" });
  return query.format === "csv"
    ? csvFile(`guests-${saleId}`, await guestsCsv(lists, sale))
    : { status: 200, body: await summarizeGuests(lists, sale) };
});
