import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { warn } from "../log.ts";
import { once } from "../opened.ts";
import { createRevocations } from "./revocations.ts";
import type { RevocationStore } from "./revocations.dynamo.ts";

type RevocationConfig = Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">;

/** The lists of ended sessions. Loaded when first asked. */
export const revocationStore = (config: RevocationConfig): Promise<RevocationStore> =>
  once("revocations", async () => (await import("./open-revocations.dynamo.ts")).openRevocations(config));

let isEnded: ReturnType<typeof createRevocations> | undefined;

/** Whether a session was ended, as this process knows it: one list, however many functions it hosts. */
export function isSessionEnded(config: RevocationConfig, sessionId: string): boolean | Promise<boolean> {
  isEnded ??= createRevocations(async () => (await revocationStore(config)).all(), systemClock, warn);
  return isEnded(sessionId);
}
