import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { systemClock } from "../core/clock.ts";
import { loadConfig } from "../core/config.ts";
import { type Session, sessionSigner, verifySession } from "../core/identity/session.ts";
import { readCredential } from "./session-cookie.ts";

const { SESSION_SECRET, STAGE } = loadConfig(["SESSION_SECRET"]);
const signer = sessionSigner(SESSION_SECRET, STAGE);

/** Who asks for a page; null: nobody is signed in. */
export function readSession(event: APIGatewayProxyEventV2): Session | null {
  const credential = readCredential(event, STAGE);
  return credential && verifySession(signer, credential.token, systemClock.nowMs());
}
