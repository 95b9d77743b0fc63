import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  plainJar,
  signInAtProvider,
  testProvider,
} from "../../tests/support/test-openid.ts";
import { systemClock } from "../clock.ts";
import { createProvider } from "./provider.http.ts";

const EMAIL = "ada@example.com";
const BACK_TO = "http://127.0.0.1/return";
const shop = await testProvider({ ada: { sub: "ada", email: EMAIL, email_verified: true } });

/** Signs in; the nonce may be of another flow. */
async function returnOf(nonce?: string) {
  shop.serve([BACK_TO], { emailInToken: true });
  const provider = createProvider(
    { issuer: shop.issuer, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, allowsHttp: true },
    systemClock,
  );
  const { url, flow } = await provider.begin(BACK_TO, "en");
  const back = await signInAtProvider(plainJar(), url, "ada", BACK_TO);
  return provider.finish(new URL(back), { ...flow, ...(nonce && { nonce }) });
}

test("a token of another sign-in is refused, and the log hears why and nobody's address", async () => {
  const outcome = await returnOf("of-somebody-else");
  if (outcome.kind !== "refused") throw new Error(outcome.kind);
  const report = inspect(outcome.error, { depth: 10 });
  expect(report).toContain('unexpected ID Token "nonce" claim value');
  expect(report).not.toContain(EMAIL);
});

test("a token as it should be tells the address", async () => {
  expect(await returnOf()).toEqual({ kind: "signed_in", email: EMAIL });
});
