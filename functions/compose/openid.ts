import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { Language } from "../../core/contract/language.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { createProvider, type Provider } from "../../core/openid/provider.http.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { refuse } from "../answer/answer.ts";
import { Refused } from "../request/request.ts";

const config = loadConfig([
  "SITE_URL",
  "SESSION_SECRET",
  "OPENID_ISSUER",
  "OPENID_CLIENT_ID",
  "OPENID_CLIENT_SECRET",
]);

export const stage = config.STAGE;
export const signer = sessionSigner(config.SESSION_SECRET, stage);
let provider: Provider | undefined;

/** The merchant's own sign-in. @throws Refused where none is set. */
export function openIdProvider(): Provider {
  const { OPENID_ISSUER: issuer, OPENID_CLIENT_ID: clientId, OPENID_CLIENT_SECRET: clientSecret } = config;
  if (issuer === "") throw new Refused(refuse("not_found"));
  provider ??= createProvider({ issuer, clientId, clientSecret, allowsHttp: stage === "local" }, systemClock);
  return provider;
}

/** Where the site is to the browser that asks: a local one goes by several names. */
const siteOf = ({ headers }: APIGatewayProxyEventV2): string =>
  stage === "local" && headers["host"] ? `http://${headers["host"]}` : config.SITE_URL;

/** Where the provider leads back to; one for each language, and both must be known to it. */
export const returnAddress = (event: APIGatewayProxyEventV2, language: Language): string =>
  siteOf(event) + plainPath(language, "/openid/return");
