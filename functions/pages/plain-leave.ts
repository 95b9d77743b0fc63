import { leaveLine } from "../../core/line/leave.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { refuse } from "../answer/answer.ts";
import { refuseUnread } from "../answer/say-refusal.ts";
import { formEndpoint } from "../compose/form.ts";
import { readLineGate } from "../compose/line-gate.ts";
import { lineStores } from "../compose/line.ts";
import { refusalPage, seeOther } from "../compose/page.ts";
import { readSession } from "../request/read-session.ts";

/** Leaves as the API does. Whoever is in no line any more is shown the sale's page all the same. */
export const handler = formEndpoint("plainLeave", async ({ event, words, form: { saleId } }) => {
  const session = await readSession(event);
  if (!session) return refusalPage(words, refuse("unauthenticated"), { line: { saleId } });
  const [{ joins, logs, files }, gate] = await Promise.all([lineStores(), readLineGate(saleId)]);
  if (!gate.isTrusted)
    return refusalPage(words, refuse("recovering", { retryAfterSeconds: 2 }), { line: { saleId } });
  const deps = { joins, logs, files, nowMs: () => gate.nowMs };
  const reply = await leaveLine(deps, saleId, session.buyerId);
  if (reply === "unread") return refusalPage(words, refuseUnread(), { line: { saleId } });
  return seeOther(plainPath(words.locale, `/sale/${saleId}`));
});
