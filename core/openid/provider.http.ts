import * as client from "openid-client";
import type { Clock } from "../clock.ts";
import { startStopwatch } from "../clock.ts";
import { verifiedEmail } from "./claims.ts";
import type { Flow } from "./flow.ts";
import { type PlainError, plainError } from "./plain-error.ts";

/** For each call of the provider; a sign-in makes four of them at most. */
const TIME_LIMIT_SECONDS = 3;
/** What the provider says of itself is asked for again after so long: its keys may have changed. */
const FRESH_MS = 10 * 60 * 1000;

export type ProviderSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of a provider on this machine; never where people sign in. */
  readonly allowsHttp: boolean;
};

export type ReturnOutcome =
  | { readonly kind: "signed_in"; readonly email: string }
  /** The provider, or who used it, said no; or its answer does not belong to this flow. */
  | { readonly kind: "refused"; readonly error: PlainError }
  /** It vouches for no address. */
  | { readonly kind: "no_email" };

export type Provider = ReturnType<typeof createProvider>;

/**
 * The merchant's own sign-in, by OpenID Connect: the authorization code flow with PKCE, state and nonce. The library checks issuer,
 * audience, times and nonce of the ID token; its signature is checked as well, by the provider's published keys.
 *
 * @throws what the library throws when the provider does not answer in time.
 */
export function createProvider(settings: ProviderSettings, clock: Clock) {
  let found: { readonly config: client.Configuration; readonly ageMs: () => number } | null = null;

  async function configuration(): Promise<client.Configuration> {
    if (found && found.ageMs() < FRESH_MS) return found.config;
    const ageMs = startStopwatch(clock);
    const { issuer, clientId, clientSecret, allowsHttp } = settings;
    const config = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: TIME_LIMIT_SECONDS,
      execute: [client.enableNonRepudiationChecks, ...(allowsHttp ? [client.allowInsecureRequests] : [])],
    });
    config.timeout = TIME_LIMIT_SECONDS;
    found = { config, ageMs };
    return config;
  }

  return {
    /** Where to sign in, and what to keep until the return. */
    async begin(
      redirectUri: string,
      language: string,
    ): Promise<{ readonly url: string; readonly flow: Pick<Flow, "state" | "nonce" | "verifier"> }> {
      const config = await configuration();
      const verifier = client.randomPKCECodeVerifier();
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: "openid email",
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
        ui_locales: language,
      });
      return { url: url.href, flow: { state, nonce, verifier } };
    },

    /** Exchanges what the provider answered for the address that it vouches for. `url` is where it led back to, whole. */
    async finish(url: URL, flow: Pick<Flow, "state" | "nonce" | "verifier">): Promise<ReturnOutcome> {
      const config = await configuration();
      try {
        const tokens = await client.authorizationCodeGrant(config, url, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims()!;
        // Many providers tell the address only when they are asked for it.
        const address = verifiedEmail(claims) ?? (await askedEmail(config, tokens.access_token, claims.sub));
        return address === null ? { kind: "no_email" } : { kind: "signed_in", email: address };
      } catch (error) {
        if (isRefusal(error)) return { kind: "refused", error: plainError(error) };
        throw error;
      }
    },
  };
}

async function askedEmail(config: client.Configuration, token: string, sub: string): Promise<string | null> {
  if (config.serverMetadata().userinfo_endpoint === undefined) return null;
  return verifiedEmail(await client.fetchUserInfo(config, token, sub));
}

/** Codes of the library for a provider that did not answer, or broke: that says nothing about who signs in. */
const UNREACHED = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
]);

const isRefusal = (error: unknown): boolean =>
  error instanceof client.AuthorizationResponseError ||
  (error instanceof client.ResponseBodyError && error.status < 500) ||
  (error instanceof client.ClientError && !UNREACHED.has(error.code ?? ""));
