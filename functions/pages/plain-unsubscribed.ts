import { systemClock } from "../../core/clock.ts";
import { readUnsubscribeToken } from "../../core/notices/unsubscribe.ts";
import { refuse } from "../answer/answer.ts";
import { formEndpoint } from "../compose/form.ts";
import { page } from "../compose/page.ts";
import { reminders, signer } from "../compose/reminders.ts";
import { Refused } from "../request/request.ts";
import { unsubscribePage } from "./views/plain/unsubscribe.ts";

export const handler = formEndpoint("plainUnsubscribed", async ({ words, form: { token } }) => {
  const buyerId = readUnsubscribeToken(signer, token);
  if (!buyerId) throw new Refused(refuse("not_found"));
  await (await reminders()).stop(buyerId, systemClock.nowMs());
  return page(unsubscribePage(words, null));
});
