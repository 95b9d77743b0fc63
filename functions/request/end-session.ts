import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { revocationStore } from "../../core/identity/revocations-client.ts";
import { sessionSigner, verifySession } from "../../core/identity/session.ts";
import { readCredential, sessionCookie } from "./session-cookie.ts";

const config = loadConfig(["SESSION_SECRET", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

/**
 * Ends the session that a request bears; answers the cookie that makes a browser forget it. @throws what the table throws:
 * who cannot be signed out is not told that they were.
 */
export async function endSession(event: APIGatewayProxyEventV2): Promise<string> {
  const credential = readCredential(event, config.STAGE);
  const nowMs = systemClock.nowMs();
  const session = credential && verifySession(signer, credential.token, nowMs);
  if (session) await (await revocationStore(config)).end(session, nowMs);
  return sessionCookie(config.STAGE, "", 0);
}
