import { systemClock } from "../../core/clock.ts";
import { askReminder } from "../../core/notices/ask.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { refuseReminder } from "../answer/say-refusal.ts";
import { formEndpoint } from "../compose/form.ts";
import { page, refusalPage, seeOther } from "../compose/page.ts";
import { reminders, saleToRemindOf, signer } from "../compose/reminders.ts";
import { readSession } from "../request/read-session.ts";
import { emailPage } from "./views/plain/sign-in.ts";

export const handler = formEndpoint("plainRemind", async ({ event, words, form: { saleId, isWanted } }) => {
  const back = plainPath(words.locale, `/sale/${saleId}`);
  const session = await readSession(event);
  if (!session) return page(emailPage(words, { next: back }), 401);
  const { buyerId } = session;
  if (isWanted === "no") await (await reminders()).forget(saleId, buyerId);
  else {
    const asked = { sale: await saleToRemindOf(saleId), buyerId, language: words.locale };
    const deps = { reminders: await reminders(), signer };
    if (!(await askReminder(deps, { ...asked, nowMs: systemClock.nowMs() })))
      return refusalPage(words, refuseReminder(), { line: { saleId } });
  }
  return seeOther(back);
});
