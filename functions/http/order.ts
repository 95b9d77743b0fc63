import { ledgerClients } from "../../core/clients/ledger.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { findOwnOrder } from "../../core/look-up/own-order.ts";
import { warn } from "../../core/log.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("order", async ({ event, session }) => {
  const orderId = readPathId(event, "orderId");
  const order = await findOwnOrder(await ledgerClients(config), orderId, session.buyerId, {
    warn,
    nowMs: systemClock.nowMs(),
  });
  return order ? { status: 200, body: order } : refuse("not_found", { detail: "You have no such order" });
});
