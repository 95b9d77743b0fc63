import { databaseClient } from "../../core/clients/database.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { checkPreviewToken } from "../../core/sale/preview-token.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { saleStatus } from "../../core/watch/sale-view.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

const nobodys = { "cache-control": "private, no-store" };

export const handler = endpoint("preview", async ({ body }) => {
  const nowMs = systemClock.nowMs();
  const grant = checkPreviewToken(signer, body.token, nowMs);
  const sale = grant && (await findSale(await databaseClient(config), grant.saleId));
  if (!sale) return refuse("not_found", { detail: "This link is not valid, or its time is over" });
  const { visibility } = sale;
  const endsAt = new Date(grant.endsAtMs).toISOString();
  return { status: 200, body: { sale: saleStatus(sale, null, nowMs), visibility, endsAt }, headers: nobodys };
});
