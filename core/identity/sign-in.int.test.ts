import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo } from "../../tests/support/test-aws.ts";
import { newestCode } from "../../local/mailbox/code-in-mail.ts";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import { normalizeCode } from "../contract/sign-in-code.ts";
import { newBuyerId } from "../ids.ts";
import { parseProviders } from "./aliases.ts";
import { createAddresses } from "./addresses.dynamo.ts";
import { openDynamo } from "../dynamo/connect.dynamo.ts";
import { createIdentityTraces } from "./identity-traces.dynamo.ts";
import { createIdentityStore } from "./identity.dynamo.ts";
import { createMailboxes } from "./mailbox.dynamo.ts";
import { createStandings } from "./standing.dynamo.ts";
import type { Mail } from "./mail.ses.ts";
import { SESSION_SECONDS, sessionSigner } from "./session.ts";
import { CODE_SECONDS } from "./mailbox.ts";
import { requestCode, signIn, type SignInDependencies } from "./sign-in.ts";
import { normalizeEmail, parseStaff } from "./staff.ts";

const { identityTable, dynamoEndpoint } = await testStores();
const mails: Mail[] = [];
const staff = parseStaff("operator=olga@example.com,admin=adam@example.com");
const dynamo = testDynamo(dynamoEndpoint);
const deps: SignInDependencies = {
  store: createIdentityStore(dynamo, identityTable),
  mailboxes: createMailboxes(dynamo, identityTable),
  standings: createStandings(dynamo, identityTable),
  addresses: createAddresses(dynamo, identityTable),
  sendMail: async (mail) => void mails.push(mail),
  codeMail: (language, code, minutes) => ({
    subject: `${language} ${code}`,
    text: `${code}, ${minutes} minutes`,
  }),
  key: sessionSigner("a-secret-of-its-own-with-32-characters", "production").key,
  roleOf: async (email) => staff.get(email) ?? "shopper",
  providers: parseProviders(""),
  limitsSources: true,
  measure: () => {},
};

/** Asks for a code; answers the challenge, and the code out of the mail. */
async function ask(email: string, nowMs = NOW_MS, source = "192.0.2.1") {
  const outcome = await requestCode(deps, { email, source, language: "en" }, nowMs);
  if (outcome.kind !== "sent") throw new Error("no code was sent");
  const text = mails.findLast(({ to }) => to === normalizeEmail(email))?.text ?? "";
  return { challenge: outcome.challenge, code: normalizeCode(newestCode([{ text }]) ?? "") };
}

const wrong = (code: string) => (code === "22222222" ? "22222223" : "22222222");

describe("whoever signs in while their data are being erased", () => {
  const traces = createIdentityTraces(openDynamo(dynamoEndpoint), identityTable, deps.providers);
  const signedIn = async (email: string) => (await signIn(deps, await ask(email), NOW_MS))!;

  test("is the same buyer until they are gone, and then somebody new, also by an alias that leads to who is gone", async () => {
    const first = await signedIn("gone@gmail.com");
    expect(await traces.sessionsUntilMs(first.buyerId)).toBe(first.expiresAtMs);
    expect((await signedIn("gone+1@gmail.com")).buyerId).toBe(first.buyerId);
    expect(await traces.leave(first.buyerId, first.expiresAtMs, NOW_MS)).toBe(true);
    // Cut off: the addresses still lead to the number.
    const next = await signedIn("gone+1@gmail.com");
    expect(next.buyerId).not.toBe(first.buyerId);
    expect((await signedIn("gone@gmail.com")).buyerId).toBe(next.buyerId);
    await traces.erase(first.buyerId);
    expect((await signedIn("gone+1@gmail.com")).buyerId).toBe(next.buyerId);
    expect(await traces.buyerOf("Gone+2@gmail.com"), "an alias that nobody signed in with").toBe(
      next.buyerId,
    );
    // A sign-in that was on its way brings nothing back.
    expect(await deps.addresses.put(first.buyerId, { email: "gone@gmail.com", language: "en" }, NOW_MS)).toBe(
      false,
    );
    expect(await traces.emailsOf(first.buyerId)).toEqual([]);
  });
});

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
    expect(await signIn(deps, await ask("ann@example.com"), expiresAtMs)).toBeNull();
    expect(await signIn(deps, await ask("ann@example.com"), expiresAtMs - 1)).not.toBeNull();
  });

  test("belongs to its own mailbox", async () => {
    const [first, second] = [await ask("abe@example.com"), await ask("bob@example.com")];
    expect(await signIn(deps, { challenge: first.challenge, code: second.code }, NOW_MS)).toBeNull();
    expect(await signIn(deps, first, NOW_MS)).not.toBeNull();
  });

  test("that was used ends all others of its mailbox, and a new one comes at once", async () => {
    const [first, later] = [await ask("abe@example.com"), await ask("abe@example.com", NOW_MS + 30_000)];
    expect(later.code).not.toBe(first.code);
    expect(await signIn(deps, later, NOW_MS + 31_000)).not.toBeNull();
    expect(await signIn(deps, first, NOW_MS + 31_000)).toBeNull();
    expect(await signIn(deps, await ask("abe@example.com", NOW_MS + 31_000), NOW_MS + 31_000)).not.toBeNull();
  });

  test("whose mail did not go out is followed by another one at once", async () => {
    const failing = { ...deps, sendMail: () => Promise.reject(new Error("SES is silent")) };
    const request = { language: "en" as const, email: "ivo@example.com", source: "192.0.2.1" };
    await expect(requestCode(failing, request, NOW_MS)).rejects.toThrow("SES is silent");
    expect(await signIn(deps, await ask("ivo@example.com"), NOW_MS)).not.toBeNull();
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
});

test("an address is the same buyer whatever its case and the spaces around it", async () => {
  const buyers = [];
  for (const email of ["eve@example.com", " EVE@Example.com ", "Eve@example.COM"])
    buyers.push((await signIn(deps, await ask(email), NOW_MS))?.buyerId);
  expect(new Set(buyers).size).toBe(1);
  const other = await signIn(deps, await ask("eva@example.com"), NOW_MS);
  expect(other?.buyerId).not.toBe(buyers[0]);
});

const buyerOf = async (email: string) => (await signIn(deps, await ask(email), NOW_MS))?.buyerId;

describe("aliases of one mailbox", () => {
  test("are one buyer, whichever comes first, and each gets its mail as it was typed", async () => {
    const buyers = [await buyerOf("zoe.lee+a@gmail.com")];
    expect(mails.at(-1)?.to).toBe("zoe.lee+a@gmail.com");
    for (const email of ["zoelee@gmail.com", "z.o.e.lee+b@googlemail.com", "zoelee+c@gmail.com"])
      buyers.push(await buyerOf(email));
    expect(new Set(buyers).size).toBe(1);
    expect(await deps.store.knownBuyer("z.o.e.lee+b@googlemail.com")).toBe(buyers[0]);
  });

  test("at a provider that may give them to two people are two buyers", async () => {
    expect(await buyerOf("zoe+a@example.com")).not.toBe(await buyerOf("zoe+b@example.com"));
  });

  test("that had identities of their own before keep them", async () => {
    const before = await deps.store.buyerByEmail("old.one+x@gmail.com", newBuyerId(NOW_MS));
    const plain = await buyerOf("oldone@gmail.com");
    expect(await buyerOf("old.one+x@gmail.com")).toBe(before);
    expect(plain).not.toBe(before);
    expect(await buyerOf("old.one+y@gmail.com")).toBe(plain);
  });
});

test.each([
  ["Olga@Example.com", "operator"],
  ["adam@example.com", "admin"],
  ["nobody@example.com", "shopper"],
])("%s signs in as %s", async (email, role) => {
  expect(await signIn(deps, await ask(email), NOW_MS)).toMatchObject({ role });
});

test("one place gets ten challenges for a mailbox in ten minutes, and is told when it may ask again", async () => {
  const at = NOW_MS + 600_000 - 90_000;
  const request = { language: "en" as const, email: "kim@example.com", source: "198.51.100.4" };
  const outcomes = [];
  for (let i = 0; i < 11; i++) outcomes.push(await requestCode(deps, request, at));
  expect(outcomes.filter((outcome) => outcome.kind === "sent")).toHaveLength(10);
  expect(outcomes.at(-1)).toEqual({ kind: "rate_limited", retryAfterMs: 90_000 });
  const other = await requestCode(deps, { ...request, source: "198.51.100.5" }, at);
  expect(other.kind).toBe("sent");
});

test("the table keeps no code that could be read or tried, and no place: the hash is keyed", async () => {
  const { challenge, code } = await ask("lou@example.com");
  const { mailbox } = await deps.mailboxes.change("lou@example.com", NOW_MS, async () => null);
  expect(mailbox.codes).toHaveLength(1);
  expect(JSON.stringify(mailbox)).not.toContain(code);
  const otherKey = sessionSigner("another-secret-with-32-characters!!", "production").key;
  expect(await signIn({ ...deps, key: otherKey }, { challenge, code }, NOW_MS)).toBeNull();
});
