import { botsClient } from "../../core/clients/bots.ts";
import { loadConfig } from "../../core/config.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { AdmitDependencies } from "../../core/bots/admit-join.ts";

const config = loadConfig(["SESSION_SECRET", "LINE_TABLE", "DYNAMODB_ENDPOINT", "ORIGIN_SECRET"]);
export const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

/**
 * What it takes to tell a bot's joins from others. On a developer's machine all have one address, unless a CDN's stand-in tells
 * whose request it is: `npm run fairness` has one.
 */
export const botDependencies = async (): Promise<AdmitDependencies> => ({
  records: await botsClient(config),
  key: signer.key,
  judgesSources: config.STAGE !== "local" || config.ORIGIN_SECRET !== "",
});
