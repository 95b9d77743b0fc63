import { loadConfig } from "../../core/config.ts";
import { endHold } from "../../core/payment/end-hold.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { refuse } from "../answer/answer.ts";
import { formEndpoint } from "../compose/form.ts";
import { page, seeOther } from "../compose/page.ts";
import { atProvider, paymentVariables } from "../compose/payments.ts";
import { readSession } from "../request/read-session.ts";
import { Refused } from "../request/request.ts";
import { emailPage } from "./views/plain/sign-in.ts";

const config = loadConfig([...paymentVariables, "SESSION_SECRET"]);

export const handler = formEndpoint("plainCancel", async ({ event, words, form: { orderId } }) => {
  const back = plainPath(words.locale, `/order/${orderId}`);
  const session = await readSession(event);
  if (!session) return page(emailPage(words, { next: back }), 401);
  const { buyerId } = session;
  const entry = await atProvider(config, (deps) =>
    endHold(deps, { orderId, buyerId }, { kind: "cancel", actorId: buyerId }),
  );
  if (!entry) throw new Refused(refuse("not_found"));
  return seeOther(back);
});
