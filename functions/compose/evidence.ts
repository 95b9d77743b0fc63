import { evidenceKeysClient } from "../../core/clients/evidence.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import type { Issuer } from "../../core/evidence/issue-receipt.ts";
import { signingKey } from "../../core/evidence/signing-key.ts";
import type { Answer } from "../answer/answer.ts";

const config = loadConfig(["EVIDENCE_SECRET", "SITE_URL", "LEDGER_TABLE", "DYNAMODB_ENDPOINT", ...shopNames]);
const key = signingKey(config.EVIDENCE_SECRET);
const shop = readShop(config).name;

/** Who signs. */
export const issuer = async (): Promise<Issuer> => ({
  key,
  keys: await evidenceKeysClient(config),
  issuer: config.SITE_URL,
  shop,
  nowMs: systemClock.nowMs,
});

/** A statement to save as a file. */
export const statementFile = (name: string, body: object): Answer => ({
  status: 200,
  body,
  headers: { "content-disposition": `attachment; filename="${name}.json"`, "cache-control": "no-store" },
});
