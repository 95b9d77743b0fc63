import { systemClock } from "../../core/clock.ts";
import { reminderOf } from "../../core/notices/ask.ts";
import { endpoint } from "../compose/endpoint.ts";
import { reminders, saleToRemindOf } from "../compose/reminders.ts";
import { tierOpensAtMs } from "../compose/tier-opening.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("reminder", async ({ event, session: { buyerId } }) => {
  const sale = await saleToRemindOf(readPathId(event, "saleId"));
  return {
    status: 200,
    body: await reminderOf(await reminders(), {
      sale,
      buyerId,
      tierAtMs: await tierOpensAtMs(sale, buyerId),
      nowMs: systemClock.nowMs(),
    }),
  };
});
