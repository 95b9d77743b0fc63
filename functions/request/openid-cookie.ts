import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Config } from "../../core/config.ts";
import { FLOW_SECONDS } from "../../core/openid/flow.ts";

const nameOf = (stage: Config["STAGE"]) => (stage === "local" ? "openid" : "__Host-openid");

/** Unlike the session's, it comes along when another site leads back here: that is what it is for. An empty flow forgets it. */
export function openIdCookie(stage: Config["STAGE"], sealed: string): string {
  const secure = stage === "local" ? "" : "; Secure";
  const maxAge = sealed === "" ? 0 : FLOW_SECONDS;
  return `${nameOf(stage)}=${sealed}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

export function readOpenIdCookie(event: APIGatewayProxyEventV2, stage: Config["STAGE"]): string {
  const prefix = `${nameOf(stage)}=`;
  return event.cookies?.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? "";
}
