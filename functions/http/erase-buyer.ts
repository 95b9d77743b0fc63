import { eraseBuyer } from "../../core/erasure/erase-buyer.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { erasing } from "../compose/erasure.ts";

export const handler = endpoint("eraseBuyer", async ({ body, session, requestId }) => {
  const doer = { buyerId: session.buyerId, role: session.role, requestId };
  const erasure = await eraseBuyer(await erasing(), body.who, doer);
  if (!erasure) return refuse("not_found", { detail: "Nobody is known by this address or number" });
  return { status: 202, body: erasure };
});
