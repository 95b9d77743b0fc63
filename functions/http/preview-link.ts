import { databaseClient } from "../../core/clients/database.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { issuePreviewToken } from "../../core/sale/preview-token.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);
const HOUR_SECONDS = 60 * 60;

export const handler = endpoint("previewLink", async ({ event, body }) => {
  const saleId = readPathId(event, "saleId");
  if (!(await findSale(await databaseClient(config), saleId)))
    return refuse("not_found", { detail: "There is no such sale" });
  // A token bears whole seconds.
  const endsAtMs = (Math.floor(systemClock.nowMs() / 1000) + body.hours * HOUR_SECONDS) * 1000;
  const path = `/preview/#${issuePreviewToken(signer, { saleId, endsAtMs })}`;
  return { status: 201, body: { path, endsAt: new Date(endsAtMs).toISOString() } };
});
