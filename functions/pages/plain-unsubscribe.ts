import { readUnsubscribeToken } from "../../core/notices/unsubscribe.ts";
import { refuse } from "../answer/answer.ts";
import { page, pageEndpoint } from "../compose/page.ts";
import { signer } from "../compose/reminders.ts";
import { readPathId } from "../request/path-id.ts";
import { Refused } from "../request/request.ts";
import { unsubscribePage } from "./views/plain/unsubscribe.ts";

/** Looking changes nothing: programs that check the links of a mail look too. */
export const handler = pageEndpoint("plainUnsubscribe", async ({ event, words }) => {
  const token = readPathId(event, "token");
  if (!readUnsubscribeToken(signer, token)) throw new Refused(refuse("not_found"));
  return page(unsubscribePage(words, token));
});
