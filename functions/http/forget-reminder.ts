import { endpoint } from "../compose/endpoint.ts";
import { reminders } from "../compose/reminders.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("forgetReminder", async ({ event, session: { buyerId } }) => {
  await (await reminders()).forget(readPathId(event, "saleId"), buyerId);
  return { status: 204 };
});
