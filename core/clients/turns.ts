import type { Config } from "../config.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { Turns } from "../line/turns.ts";
import { once } from "../opened.ts";

/** Checks tickets. What only sales with a line need is loaded with the first of them. */
export const turnsClient = (
  config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">,
  signer: SessionSigner,
): Promise<Turns> =>
  once("turns", async () => (await import("./open-turns.dynamo.ts")).openTurns(config, signer));
