import { type CancelOutcome, cancelOrder } from "../../core/cancellation/cancel-order.ts";
import { databaseClient } from "../../core/clients/database.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { orderQueueClient } from "../../core/clients/queues.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { isAllowed } from "../../core/identity/session.ts";
import type { OrderId } from "../../core/ids.ts";
import { type Answer, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig([
  "DATABASE_URL",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "ORDER_QUEUE_URL",
  "SQS_ENDPOINT",
  "SESSION_SECRET",
]);

export const handler = endpoint(
  "cancelOrder",
  async ({ event, body, session, idempotencyKey, requestId }) => {
    if (body.isWithheld && !isAllowed(session.role, "admin"))
      return refuse("forbidden", { detail: "Only an admin takes units off sale" });
    const saleId = readPathId(event, "saleId");
    const orderId = readPathId(event, "orderId");
    const [db, { ledger }, queue] = await Promise.all([
      databaseClient(config),
      ledgerClients(config),
      orderQueueClient(config),
    ]);
    const actor = { buyerId: session.buyerId, role: session.role, requestId };
    const cancellation = { ...body, saleId, orderId, actor, idempotencyKey, nowMs: systemClock.nowMs() };
    return answerCancel(await cancelOrder({ db, ledger, queue }, cancellation), orderId);
  },
);

function answerCancel(outcome: CancelOutcome, orderId: OrderId): Answer {
  switch (outcome.kind) {
    case "wished":
      return { status: 202, body: { wishId: outcome.wishId, orderId } };
    case "beyond_quantity":
      return refuse("invalid_request", {
        errors: [{ field: "units", message: `must be at most ${outcome.quantity}, all units of the order` }],
      });
    case "not_found":
      return refuse("not_found", {
        detail: "This sale has no such order; name its buyerId too if the order is of the last moments",
      });
    case "key_reused":
      return refuse("key_reused");
    default:
      return outcome satisfies never;
  }
}
