import { describe, expect, test } from "vitest";
import type { SessionView } from "../../core/contract/identity.ts";
import { signIn } from "../../local/sign-in.ts";
import { OPERATOR_EMAIL } from "../../local/environment.ts";
import { testCloud } from "../support/cloud.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  plainJar,
  signInAtProvider,
  testProvider,
} from "../support/test-openid.ts";
import { aPasskeyDevice } from "../support/test-passkey.ts";

const accounts = {
  ada: { sub: "ada", email: "Ada@Example.com", email_verified: true },
  bob: { sub: "bob", email: "bob@example.com", email_verified: false },
  cem: { sub: "cem" },
  boss: { sub: "boss", email: OPERATOR_EMAIL, email_verified: true },
};
const provider = await testProvider(accounts);
const environment = {
  OPENID_ISSUER: provider.issuer,
  OPENID_CLIENT_ID: CLIENT_ID,
  OPENID_CLIENT_SECRET: CLIENT_SECRET,
  SHOP_SIGN_IN_NAME: "Acme",
};
const cloud = await testCloud({ trigger: false, environment });
const backTo = `${cloud.apiUrl}/plain/en/openid/return`;
provider.serve([backTo, backTo.replace("/en/", "/de/")]);

const start = `${cloud.apiUrl}/plain/en/openid?next=${encodeURIComponent("/plain/en/orders")}`;

/** Begins at the shop, signs in at the provider, and answers where that leads back to. */
async function goAndReturn(name: string, jar = plainJar()) {
  const begun = await jar.fetch(start);
  expect(begun.status).toBe(303);
  const at = begun.headers.get("location")!;
  return { jar, at, back: await signInAtProvider(jar, at, name, backTo) };
}
async function sessionOf(jar: ReturnType<typeof plainJar>): Promise<SessionView | null> {
  const response = await jar.fetch(`${cloud.apiUrl}/api/identity/session`);
  return response.status === 200 ? ((await response.json()) as SessionView) : null;
}
const stateOf = async (response: Response) => /data-state="(\w+)"/.exec(await response.text())?.[1];

/** Adds a passkey to whoever asks so, and signs in with it. */
async function roleByNewPasskey(headers: Record<string, string>) {
  const device = aPasskeyDevice(cloud.apiUrl);
  type Answer = { challenge: string; role: string };
  const post = async (path: string, body?: object, by: Record<string, string> = {}) => {
    const init = { method: "POST", ...(body && { body: JSON.stringify(body) }) };
    const sent = { ...by, ...(body && { "content-type": "application/json" }) };
    const response = await fetch(`${cloud.apiUrl}/api/identity/${path}`, { ...init, headers: sent });
    return { status: response.status, body: (await response.json()) as Answer };
  };
  const options = await post("passkeys/options", undefined, headers);
  const response = device.make(options.body);
  expect(await post("passkeys", { response, name: "Phone" }, headers)).toMatchObject({ status: 201 });
  const challenge = await post("passkey/challenge");
  const used = device.use(challenge.body);
  const answer = await post("passkey/session", { response: used, transport: "bearer" });
  return [answer.status, answer.body.role];
}

async function again(url: string, by = plainJar()) {
  const answer = await by.fetch(url);
  return [answer.status, await stateOf(answer)];
}

describe("the merchant's own sign-in", () => {
  test("makes the same buyer as a code to the same address, and goes on by a page of this site", async () => {
    const { jar, at, back } = await goAndReturn("ada");
    const asked = new URL(at).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: "code",
      scope: "openid email",
      code_challenge_method: "S256",
      redirect_uri: backTo,
    });
    expect(asked.get("state")?.length).toBeGreaterThan(20);
    expect(asked.get("nonce")?.length).toBeGreaterThan(20);
    const answer = await jar.fetch(back);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<meta http-equiv="refresh" content="0;url=/plain/en/orders" />');
    const session = await sessionOf(jar);
    expect(session).toMatchObject({ role: "shopper", signedInAs: "a•••@example.com" });

    const token = await signIn(cloud, "ada@example.com");
    const byCode = await fetch(`${cloud.apiUrl}/api/identity/session`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(((await byCode.json()) as SessionView).buyerId).toBe(session?.buyerId);
  });

  test("vouches for no address that it has not verified", async () => {
    for (const name of ["bob", "cem"]) {
      const { jar, back } = await goAndReturn(name);
      const answer = await jar.fetch(back);
      expect([answer.status, await stateOf(answer)]).toEqual([401, "openid_no_email"]);
      expect(await sessionOf(jar)).toBeNull();
    }
  });

  test("makes nobody an operator", async () => {
    const { jar, back } = await goAndReturn("boss");
    await jar.fetch(back);
    expect(await sessionOf(jar)).toMatchObject({ role: "shopper" });
  });

  test("makes nobody an operator by a passkey either; one that the operator's own mailbox vouches for does", async () => {
    const { jar, back } = await goAndReturn("boss");
    await jar.fetch(back);
    const cookie = jar.cookies(cloud.apiUrl);
    const origin = new URL(cloud.apiUrl).origin;
    expect(await roleByNewPasskey({ cookie, origin })).toEqual([200, "shopper"]);
    const token = await signIn(cloud, OPERATOR_EMAIL);
    expect(await roleByNewPasskey({ authorization: `Bearer ${token}` })).toEqual([200, "operator"]);
  });

  test("ends in the browser that it was begun in, once, and with what the provider said", async () => {
    const { jar, back } = await goAndReturn("ada");
    // Another browser, which somebody would have signed in as themselves.
    expect(await again(back)).toEqual([401, "openid_again"]);
    const forged = new URL(back);
    forged.searchParams.set("state", "of-somebody-else");
    const other = await goAndReturn("ada");
    expect(await again(forged.href, other.jar)).toEqual([401, "openid_again"]);
    const issuer = new URL(back);
    issuer.searchParams.set("iss", "https://elsewhere.example");
    expect(await again(issuer.href, (await goAndReturn("ada")).jar)).toEqual([401, "openid_again"]);
    expect((await jar.fetch(back)).status).toBe(200);
    expect(await again(back, jar)).toEqual([401, "openid_again"]);
  });

  test("is told when who signs in there says no", async () => {
    const jar = plainJar();
    const begun = await jar.fetch(start);
    const state = new URL(begun.headers.get("location")!).searchParams.get("state")!;
    const iss = encodeURIComponent(provider.issuer);
    const answer = await jar.fetch(`${backTo}?error=access_denied&state=${state}&iss=${iss}`);
    expect([answer.status, await stateOf(answer)]).toEqual([401, "openid_again"]);
  });

  test("leads to no other site", async () => {
    const jar = plainJar();
    await jar.fetch(`${cloud.apiUrl}/plain/en/openid?next=${encodeURIComponent("//evil.example")}`);
    const begun = jar.cookies(cloud.apiUrl).split("openid=")[1]!.split(".")[0]!;
    const flow = JSON.parse(Buffer.from(begun, "base64url").toString()) as { next: string };
    expect(flow.next).toBe("/plain/en");
  });

  test("is a button of the page without script", async () => {
    const page = await (await fetch(`${cloud.apiUrl}/plain/de/orders`)).text();
    expect(page).toContain("Mit Acme anmelden");
    expect(page).toContain('href="/plain/de/openid?next=%2Fplain%2Fde%2Forders"');
  });
});

test("a provider that breaks refuses nobody: it is said that nothing is known", async () => {
  const { jar, back } = await goAndReturn("ada");
  provider.break(503);
  const answer = await jar.fetch(back);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await sessionOf(jar)).toBeNull();
});
