import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Config } from "../../core/config.ts";

/** Under the rules of the session's cookie; see session-cookie.ts. */
const nameOf = (stage: Config["STAGE"]) => (stage === "local" ? "push" : "__Host-push");
const PUSH_ID = /^[\w-]{32}$/;

/**
 * Says which of its owner's browsers this one is, so that signing out in it ends what it is told, whether a script runs or not. No
 * script reads it. Empty: it is told nothing any more.
 */
export function pushCookie(stage: Config["STAGE"], pushId: string, maxAgeSeconds: number): string {
  const secure = stage === "local" ? "" : "; Secure";
  return `${nameOf(stage)}=${pushId}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}

/** Which browser a request comes from, if it is told by push; null: it is not. */
export function readPushCookie(event: APIGatewayProxyEventV2, stage: Config["STAGE"]): string | null {
  const prefix = `${nameOf(stage)}=`;
  const id = event.cookies?.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? "";
  return PUSH_ID.test(id) ? id : null;
}
