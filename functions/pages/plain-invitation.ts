import { plainPath } from "../../web/texts/locale.ts";
import { refuse } from "../answer/answer.ts";
import { formEndpoint } from "../compose/form.ts";
import { invite, refuseInvitation } from "../compose/guests.ts";
import { refusalPage, seeOther } from "../compose/page.ts";
import { readSession } from "../request/read-session.ts";

/** Uses a code as the API does, and leads back to the sale's page, which then knows the buyer as a guest. */
export const handler = formEndpoint("plainInvitation", async ({ event, words, form, source }) => {
  const { saleId, code } = form;
  const session = await readSession(event);
  if (!session) return refusalPage(words, refuse("unauthenticated"), { line: { saleId } });
  const outcome = await invite({ saleId, buyerId: session.buyerId, code, source });
  return outcome.kind === "invited"
    ? seeOther(plainPath(words.locale, `/sale/${saleId}`))
    : refusalPage(words, refuseInvitation(outcome), { line: { saleId } });
});
