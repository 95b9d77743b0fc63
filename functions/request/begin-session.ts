import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { pushesClient } from "../../core/clients/push.ts";
import { loadConfig } from "../../core/config.ts";
import {
  issueSession,
  type NewSession,
  SESSION_SECONDS,
  sessionSigner,
} from "../../core/identity/session.ts";
import { warn } from "../../core/log.ts";
import { pushCookie, readPushCookie } from "./push-cookie.ts";
import { sessionCookie } from "./session-cookie.ts";

const config = loadConfig(["SESSION_SECRET", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

/**
 * The cookies of a session that begins in the browser that asks. If that one is told by push, it goes on being told what is about the
 * same buyer; of another one it hears nothing any more.
 */
export async function beginSession(event: APIGatewayProxyEventV2, session: NewSession): Promise<string[]> {
  const begun = sessionCookie(config.STAGE, issueSession(signer, session), SESSION_SECONDS);
  const pushId = readPushCookie(event, config.STAGE);
  if (pushId === null || (await isTheirs(pushId, session))) return [begun];
  return [begun, pushCookie(config.STAGE, "", 0)];
}

/** Whoever signs in is signed in, even if the table is silent: the next sign-in in this browser says it again. */
async function isTheirs(pushId: string, { buyerId, expiresAtMs }: NewSession): Promise<boolean> {
  try {
    return await (await pushesClient(config)).resume(pushId, buyerId, expiresAtMs);
  } catch (error) {
    warn("whose a browser is that is told by push was not noted", { buyerId, error });
    return true;
  }
}
