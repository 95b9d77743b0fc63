import { systemClock } from "../../core/clock.ts";
import { askReminder } from "../../core/notices/ask.ts";
import { refuseReminder } from "../answer/say-refusal.ts";
import { endpoint } from "../compose/endpoint.ts";
import { reminders, saleToRemindOf, signer } from "../compose/reminders.ts";
import { tierOpensAtMs } from "../compose/tier-opening.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("remindMe", async ({ event, body: { language }, session: { buyerId } }) => {
  const sale = await saleToRemindOf(readPathId(event, "saleId"));
  const deps = { reminders: await reminders(), signer };
  const body = await askReminder(deps, {
    sale,
    buyerId,
    tierAtMs: await tierOpensAtMs(sale, buyerId),
    language,
    nowMs: systemClock.nowMs(),
  });
  return body ? { status: 200, body } : refuseReminder();
});
