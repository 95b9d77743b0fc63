import { exportBuyer } from "../../core/erasure/export-buyer.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { exporting } from "../compose/erasure.ts";

export const handler = endpoint("exportBuyer", async ({ body, session, requestId }) => {
  const doer = { buyerId: session.buyerId, role: session.role, requestId };
  const found = await exportBuyer(await exporting(), body.who, doer);
  if (!found) return refuse("not_found", { detail: "Nobody is known by this address or number" });
  return { status: 200, body: found };
});
