import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo } from "../../tests/support/test-dynamo.ts";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import { createIdentityStore } from "./identity.dynamo.ts";
import type { Mail } from "./mail.ses.ts";
import { SESSION_SECONDS, sessionSigner } from "./session.ts";
import { CODE_SECONDS, requestCode, signIn, type SignInDependencies } from "./sign-in.ts";
import { parseStaff } from "./staff.ts";

const { identityTable, dynamoEndpoint } = await testStores();
const mails: Mail[] = [];
const deps: SignInDependencies = {
  store: createIdentityStore(testDynamo(dynamoEndpoint), identityTable),
  sendMail: async (mail) => void mails.push(mail),
  key: sessionSigner("a-secret-of-its-own-with-32-characters", "production").key,
  staff: parseStaff("operator=olga@example.com,admin=adam@example.com"),
  limitsSources: true,
};

/** Asks for a code; answers the challenge, and the code out of the mail. */
async function ask(email: string, nowMs = NOW_MS, source = "192.0.2.1") {
  const outcome = await requestCode(deps, { email, source }, nowMs);
  if (outcome.kind !== "sent") throw new Error("no code was sent");
  const code = /\b\d{6}\b/.exec(mails.at(-1)?.text ?? "")?.[0] ?? "";
  return { challenge: outcome.challenge, code };
}

const wrong = (code: string) => (code === "000000" ? "000001" : "000000");

describe("a code", () => {
  test("signs in whoever reads the mail of the address", async () => {
    const answer = await ask("ann@example.com");
    expect(mails.at(-1)?.to).toBe("ann@example.com");
    const session = await signIn(deps, answer, NOW_MS);
    expect(session).toMatchObject({ role: "shopper", expiresAtMs: NOW_MS + SESSION_SECONDS * 1000 });
  });

  test("is good once", async () => {
    const answer = await ask("ann@example.com");
    expect(await signIn(deps, answer, NOW_MS)).not.toBeNull();
    expect(await signIn(deps, answer, NOW_MS)).toBeNull();
  });

  test("is good once, also to ten who use it at once", async () => {
    const answer = await ask("ann@example.com");
    const sessions = await Promise.all(Array.from({ length: 10 }, () => signIn(deps, answer, NOW_MS)));
    expect(sessions.filter((session) => session !== null)).toHaveLength(1);
  });

  test("is good until ten minutes have passed", async () => {
    const expiresAtMs = NOW_MS + CODE_SECONDS * 1000;
    expect(await signIn(deps, await ask("ann@example.com"), expiresAtMs - 1)).not.toBeNull();
    expect(await signIn(deps, await ask("ann@example.com"), expiresAtMs)).toBeNull();
  });

  test("belongs to its own challenge", async () => {
    const [first, second] = [await ask("ann@example.com"), await ask("bob@example.com")];
    const mixed = { challenge: first.challenge, code: second.code };
    if (first.code !== second.code) expect(await signIn(deps, mixed, NOW_MS)).toBeNull();
  });
});

describe("nothing that a stranger types blocks a buyer", () => {
  test("five wrong guesses burn that challenge alone", async () => {
    const [strangers, owners] = [await ask("cara@example.com"), await ask("cara@example.com")];
    for (let guess = 0; guess < 5; guess++)
      expect(await signIn(deps, { ...strangers, code: wrong(strangers.code) }, NOW_MS)).toBeNull();
    expect(await signIn(deps, strangers, NOW_MS)).toBeNull();
    expect(await signIn(deps, owners, NOW_MS)).not.toBeNull();
  });

  test("four wrong guesses leave the fifth", async () => {
    const answer = await ask("cara@example.com");
    for (let guess = 0; guess < 4; guess++)
      await signIn(deps, { ...answer, code: wrong(answer.code) }, NOW_MS);
    expect(await signIn(deps, answer, NOW_MS)).not.toBeNull();
  });

  test("a stranger who asks for codes to an address without end uses up no limit of its owner", async () => {
    for (let time = 0; time < 40; time++)
      await requestCode(deps, { email: "dora@example.com", source: "203.0.113.9" }, NOW_MS);
    const owners = await requestCode(deps, { email: "dora@example.com", source: "192.0.2.7" }, NOW_MS);
    expect(owners.kind).toBe("sent");
  });
});

test("an address is the same buyer whatever its case and the spaces around it", async () => {
  const buyers = [];
  for (const email of ["eve@example.com", " EVE@Example.com ", "Eve@example.COM"])
    buyers.push((await signIn(deps, await ask(email), NOW_MS))?.buyerId);
  expect(new Set(buyers).size).toBe(1);
  const other = await signIn(deps, await ask("eva@example.com"), NOW_MS);
  expect(other?.buyerId).not.toBe(buyers[0]);
});

test.each([
  ["Olga@Example.com", "operator"],
  ["adam@example.com", "admin"],
  ["nobody@example.com", "shopper"],
])("%s signs in as %s", async (email, role) => {
  expect(await signIn(deps, await ask(email), NOW_MS)).toMatchObject({ role });
});

test("one source gets 30 codes in ten minutes, and is told when it may ask again", async () => {
  const source = "198.51.100.4";
  const at = NOW_MS + 600_000 - 90_000;
  const ask31 = [];
  for (let i = 0; i < 31; i++)
    ask31.push(await requestCode(deps, { email: `buyer${i}@example.com`, source }, at));
  expect(ask31.filter((outcome) => outcome.kind === "sent")).toHaveLength(30);
  expect(ask31.at(-1)).toEqual({ kind: "rate_limited", retryAfterMs: 90_000 });
  const other = await requestCode(deps, { email: "buyer1@example.com", source: "198.51.100.5" }, at);
  expect(other.kind).toBe("sent");
});

test("the table keeps no code that could be read or tried: the hash is keyed", async () => {
  const { challenge, code } = await ask("ann@example.com");
  const kept = await deps.store.countGuess(challenge, 5, NOW_MS);
  expect(JSON.stringify(kept)).not.toContain(code);
  const otherKey = sessionSigner("another-secret-with-32-characters!!", "production").key;
  expect(await signIn({ ...deps, key: otherKey }, { challenge, code }, NOW_MS)).toBeNull();
});
