import { databaseClient } from "../../core/clients/database.ts";
import { loadConfig } from "../../core/config.ts";
import { redriveDeadLetters } from "../../core/orders/redrive.ts";
import { deadLetters } from "../compose/dead-letters.ts";
import { endpoint } from "../compose/endpoint.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);

export const handler = endpoint("redriveDeadLetters", async ({ body, session, requestId }) => {
  const [db, box] = await Promise.all([databaseClient(config), deadLetters()]);
  const doer = { buyerId: session.buyerId, role: session.role, requestId };
  return {
    status: 200,
    body: { moved: await redriveDeadLetters({ db, box }, new Set(body.messageIds), doer) },
  };
});
