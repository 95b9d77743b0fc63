import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { pushesClient } from "../../core/clients/push.ts";
import { revocationStore } from "../../core/identity/revocations-client.ts";
import { sessionSigner, verifySession } from "../../core/identity/session.ts";
import { pushCookie, readPushCookie } from "./push-cookie.ts";
import { readCredential, sessionCookie } from "./session-cookie.ts";

const config = loadConfig(["SESSION_SECRET", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

/**
 * Ends the session that a request bears, and what its browser is told by push; answers the cookies that make a browser forget both.
 * @throws what the table throws: who cannot be signed out is not told that they were.
 */
export async function endSession(event: APIGatewayProxyEventV2): Promise<string[]> {
  const credential = readCredential(event, config.STAGE);
  const nowMs = systemClock.nowMs();
  const session = credential && verifySession(signer, credential.token, nowMs);
  if (session) await (await revocationStore(config)).end(session, nowMs);
  const pushId = readPushCookie(event, config.STAGE);
  if (pushId !== null) await (await pushesClient(config)).end(pushId);
  const forgotten = sessionCookie(config.STAGE, "", 0);
  return pushId === null ? [forgotten] : [forgotten, pushCookie(config.STAGE, "", 0)];
}
