import { endpoint } from "../compose/endpoint.ts";
import { invite, refuseInvitation } from "../compose/guests.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("requestInvitation", async ({ event, body, session, source }) => {
  const { buyerId } = session;
  const outcome = await invite({
    saleId: readPathId(event, "saleId"),
    buyerId,
    code: body.code ?? null,
    source,
  });
  return outcome.kind === "invited" ? { status: 200, body: outcome.answer } : refuseInvitation(outcome);
});
