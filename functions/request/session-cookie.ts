import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Config } from "../../core/config.ts";

/** Outside localhost the cookie is Secure, and its `__Host-` name binds it to this very host. */
const nameOf = (stage: Config["STAGE"]) => (stage === "local" ? "session" : "__Host-session");

/** A cookie that no script reads and no other site sends. An empty token forgets it. */
export function sessionCookie(stage: Config["STAGE"], token: string, maxAgeSeconds: number): string {
  const secure = stage === "local" ? "" : "; Secure";
  return `${nameOf(stage)}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}

/** A token, and who vouches for its being sent: a header is set on purpose, a cookie goes along with whatever a page asks. */
export type Credential = { readonly token: string; readonly from: "header" | "cookie" };

/** The token of a request: from the Authorization header, else from the cookie. */
export function readCredential(event: APIGatewayProxyEventV2, stage: Config["STAGE"]): Credential | null {
  const authorization = event.headers["authorization"];
  if (authorization?.startsWith("Bearer "))
    return { token: authorization.slice("Bearer ".length).trim(), from: "header" };
  const prefix = `${nameOf(stage)}=`;
  const token = event.cookies?.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
  return token === undefined ? null : { token, from: "cookie" };
}
