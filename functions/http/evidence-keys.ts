import { evidenceKeysClient } from "../../core/clients/evidence.ts";
import { loadConfig } from "../../core/config.ts";
import { cachedASecond } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);

export const handler = endpoint("evidenceKeys", async () => ({
  status: 200,
  body: await (await evidenceKeysClient(config)).all(),
  headers: cachedASecond,
}));
