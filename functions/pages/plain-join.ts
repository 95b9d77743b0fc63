import { loadConfig } from "../../core/config.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { joinLine, type JoinDependencies } from "../../core/line/join.ts";
import { warn } from "../../core/log.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { refuse, refuseOverLimit, refuseSale } from "../answer/answer.ts";
import { refuseNoLine } from "../answer/say-refusal.ts";
import { formEndpoint } from "../compose/form.ts";
import { stockOf } from "../compose/line-gate.ts";
import { lines, lineStores, saleRecord } from "../compose/line.ts";
import { refuseToJoin } from "../compose/line-guests.ts";
import { refusalPage, seeOther } from "../compose/page.ts";
import { readSession } from "../request/read-session.ts";

const config = loadConfig(["SESSION_SECRET"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

/**
 * Joins as the API does, and leads back to the sale's page, which says where the buyer stands. No puzzle can be solved without
 * script, so this is the slower lane.
 */
export const handler = formEndpoint("plainJoin", async ({ event, words, form }) => {
  const { saleId, quantity } = form;
  const session = await readSession(event);
  if (!session) return refusalPage(words, refuse("unauthenticated"), { line: form });
  const refusal = await refuseToJoin(saleId, session.buyerId, form.invitation);
  if (refusal) return refusalPage(words, refusal, { line: form });
  const [{ joins }, memory] = await Promise.all([lineStores(), lines()]);
  const deps: JoinDependencies = {
    joins,
    lines: memory,
    saleOf: saleRecord,
    stockOf,
    signer,
    warn,
    admit: async () => ({ kind: "admitted", why: "no_puzzle" }) as const,
  };
  const outcome = await joinLine(deps, {
    saleId,
    buyerId: session.buyerId,
    quantity,
    language: words.locale,
  });
  switch (outcome.kind) {
    case "joined":
    case "present":
      return seeOther(plainPath(words.locale, `/sale/${saleId}`));
    case "unknown_sale":
      return refusalPage(words, refuseSale());
    case "no_line":
      return refusalPage(words, refuseNoLine(), { line: { saleId } });
    case "over_limit":
      return refusalPage(words, refuseOverLimit(outcome.purchaseLimit), {
        line: form,
        mostUnits: outcome.purchaseLimit,
      });
    case "line_closed":
      return refusalPage(words, refuse(outcome.kind), { line: form });
    case "join_unknown":
      return refusalPage(words, refuse(outcome.kind, { retryAfterSeconds: 2 }), { line: form });
    default:
      return outcome satisfies never;
  }
});
