import { systemClock } from "../../core/clock.ts";
import { readUnsubscribeToken } from "../../core/notices/unsubscribe.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { reminders, signer } from "../compose/reminders.ts";
import { readPathId } from "../request/path-id.ts";

/** Providers of mail send it on a click of theirs, with a body that says nothing more (RFC 8058). */
export const handler = endpoint("unsubscribe", async ({ event }) => {
  const buyerId = readUnsubscribeToken(signer, readPathId(event, "token"));
  if (!buyerId) return refuse("not_found", { detail: "This link was not made here" });
  await (await reminders()).stop(buyerId, systemClock.nowMs());
  return { status: 204 };
});
