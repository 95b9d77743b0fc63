import { smokePurchase } from "../../core/canary/smoke-purchase.http.ts";
import { loadConfig } from "../../core/config.ts";
import { handler as makeSessions } from "../operations/smoke-sessions.ts";

const config = loadConfig(["SITE_URL"]);

/** One purchase through everything that a shopper's passes, from the CDN on. @throws if it is not confirmed; the alarm rings. */
export async function handler(): Promise<string> {
  return smokePurchase(config.SITE_URL, await makeSessions());
}
