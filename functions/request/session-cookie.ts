import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Config } from "../../core/config.ts";

/** Outside localhost the cookie is Secure, and its `__Host-` name binds it to this very host. */
const nameOf = (stage: Config["STAGE"]) => (stage === "local" ? "session" : "__Host-session");

/** A cookie that no script reads and no other site sends. An empty token forgets it. */
export function sessionCookie(stage: Config["STAGE"], token: string, maxAgeSeconds: number): string {
  const secure = stage === "local" ? "" : "; Secure";
  return `${nameOf(stage)}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}

/** The token of a request: from the Authorization header, else from the cookie. */
export function readToken(event: APIGatewayProxyEventV2, stage: Config["STAGE"]): string | null {
  const authorization = event.headers["authorization"];
  if (authorization?.startsWith("Bearer ")) return authorization.slice("Bearer ".length).trim();
  const prefix = `${nameOf(stage)}=`;
  return event.cookies?.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? null;
}
