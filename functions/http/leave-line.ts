import { leaveLine } from "../../core/line/leave.ts";
import { loadConfig } from "../../core/config.ts";
import { refuse } from "../answer/answer.ts";
import { refuseUnread } from "../answer/say-refusal.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readLineGate } from "../compose/line-gate.ts";
import { lineStores } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

loadConfig(["SESSION_SECRET"]);

export const handler = endpoint("leaveLine", async ({ event, session }) => {
  const saleId = readPathId(event, "saleId");
  const [{ joins, logs, files }, gate] = await Promise.all([lineStores(), readLineGate(saleId)]);
  // The log goes by the gate's clock alone: one that is minutes ahead would hold the line up.
  if (!gate.isTrusted) return refuse("recovering", { retryAfterSeconds: 2 });
  const deps = { joins, logs, files, nowMs: () => gate.nowMs };
  const reply = await leaveLine(deps, saleId, session.buyerId);
  switch (reply) {
    case "left":
      return { status: 204 };
    case "no_entry":
      return refuse("not_found", { detail: "You are not in this line" });
    case "unread":
      return refuseUnread();
    default:
      return reply satisfies never;
  }
});
