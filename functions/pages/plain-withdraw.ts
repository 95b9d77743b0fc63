import { randomUUID } from "node:crypto";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { findOwnOrder } from "../../core/look-up/own-order.ts";
import { warn } from "../../core/log.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { refuse } from "../answer/answer.ts";
import { page, pageEndpoint } from "../compose/page.ts";
import { readSession } from "../request/read-session.ts";
import { readPathId } from "../request/path-id.ts";
import { Refused } from "../request/request.ts";
import { emailPage } from "./views/plain/sign-in.ts";
import { withdrawPage } from "./views/plain/withdrawal.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = pageEndpoint("plainWithdraw", async ({ event, words }) => {
  const orderId = readPathId(event, "orderId");
  const session = await readSession(event);
  const next = plainPath(words.locale, `/order/${orderId}/withdraw`);
  if (!session) return page(emailPage(words, { next }), 401);
  const order = await findOwnOrder(await ledgerClients(config), orderId, session.buyerId, {
    warn,
    nowMs: systemClock.nowMs(),
  });
  if (!order) throw new Refused(refuse("not_found"));
  return page(withdrawPage(words, { order, key: randomUUID(), signedInAs: session.signedInAs }));
});
