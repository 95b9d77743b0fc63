import { addressesClient } from "../../core/clients/identity.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { preflightWithGo } from "../../core/preflight/decide-go.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { observation } from "../compose/observation.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("salePreflight", async ({ event }) => {
  const [stores, addresses] = await Promise.all([observation(), addressesClient(config)]);
  const deps = { ...stores, addresses, clock: systemClock };
  const report = await preflightWithGo(deps, readPathId(event, "saleId"));
  return report ? { status: 200, body: report } : refuse("not_found", { detail: "There is no such sale" });
});
