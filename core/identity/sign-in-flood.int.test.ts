import { describe, expect, test, vi } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo } from "../../tests/support/test-aws.ts";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import { normalizeCode } from "../contract/sign-in-code.ts";
import { createAddresses } from "./addresses.dynamo.ts";
import { createIdentityStore } from "./identity.dynamo.ts";
import { createMailboxes } from "./mailbox.dynamo.ts";
import { createStandings } from "./standing.dynamo.ts";
import type { Mail } from "./mail.ses.ts";
import { sessionSigner } from "./session.ts";
import { requestCode, signIn, type SignInDependencies } from "./sign-in.ts";

// Hundreds of requests, of some ten writes each, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

const { identityTable, dynamoEndpoint } = await testStores();
const mails: Mail[] = [];
const measured: number[] = [];
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
  roleOf: async () => "shopper",
  providers: new Map(),
  limitsSources: true,
  measure: (_name, value) => void measured.push(value),
};
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const BURST = 20;

const mailsTo = (email: string) => mails.filter(({ to }) => to === email);
const newestCode = (email: string) => /\w{4}-\w{4}/.exec(mailsTo(email).at(-1)?.text ?? "")?.[0] ?? "";
const ask = (email: string, source: string, nowMs: number) =>
  requestCode(deps, { email, source, language: "en" }, nowMs);
const guess = (challenge: string, code: string, nowMs = NOW_MS) =>
  signIn(deps, { challenge, code: normalizeCode(code) }, nowMs);
const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
/** An IPv4 address, and one of IPv6 in a neighbourhood of its own, for each number. */
const stranger = (n: number) => `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;

/** All do the same at once, in bursts that one table's sockets can take. */
async function allOf<T, R>(many: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let from = 0; from < many.length; from += BURST)
    done.push(...(await Promise.all(many.slice(from, from + BURST).map(act))));
  return done;
}

/** All ask for the same mailbox at the same instant; answers the challenges that they got. */
async function flood(email: string, sources: readonly string[], nowMs: number): Promise<string[]> {
  const outcomes = await allOf(sources, (source) => ask(email, source, nowMs));
  return outcomes.flatMap((outcome) => (outcome.kind === "sent" ? [outcome.challenge] : []));
}

async function challengeOf(email: string, source: string, nowMs: number): Promise<string> {
  const outcome = await ask(email, source, nowMs);
  if (outcome.kind !== "sent") throw new Error(`${source} got no challenge: ${JSON.stringify(outcome)}`);
  return outcome.challenge;
}

test("sixty addresses of one /64 that ask four times each are one source: one mail, and few guesses", async () => {
  const email = "olga@example.com";
  const sources = times(240, (n) => `2001:db8:7:7::${(n % 60).toString(16)}`);
  const challenges = await flood(email, sources, NOW_MS);
  expect(mailsTo(email)).toHaveLength(1);
  expect(challenges.length).toBeLessThanOrEqual(10);
  const other = await flood(
    email,
    times(30, (n) => `2001:db8:7:${n + 8}::1`),
    NOW_MS,
  );
  expect(other, "other /64 of the same /48").toEqual([]);
});

test("a flood from ever other sources gets few mails, however long it lasts, and few guesses in any window", async () => {
  const email = "paul@example.com";
  let challenges = 0;
  for (let n = 0; n < 72; n++)
    challenges += (await flood(email, [stranger(n)], NOW_MS + n * 20 * MINUTE)).length;
  expect(challenges).toBe(72);
  // A day of it: seven within the first half hour, then one each half hour or more seldom.
  expect(mailsTo(email).length).toBeLessThanOrEqual(7 + 47);

  const window = NOW_MS + 30 * 60 * MINUTE;
  const later = await flood(
    email,
    times(110, (n) => stranger(5_000 + n)),
    window,
  );
  expect(later).toHaveLength(100);
  expect(Math.max(...measured)).toBeGreaterThan(30);
});

describe("a flood does not keep the owner out", () => {
  test("who asks in the middle of it gets a challenge, and the newest mail has its code", async () => {
    const email = "cara@example.com";
    for (const minutes of [0, 1, 3, 8, 15, 29, 45, 61, 80, 119]) {
      const nowMs = NOW_MS + minutes * MINUTE;
      await flood(
        email,
        times(5, (n) => stranger(n)),
        nowMs,
      );
      const challenge = await challengeOf(email, `203.0.113.${minutes}`, nowMs);
      // Not used, so that the pauses go on growing: the code is looked up as any guess is.
      const isLast = minutes === 119;
      if (isLast) expect(await guess(challenge, newestCode(email), nowMs + 9 * MINUTE)).not.toBeNull();
      else expect(mailsTo(email).length).toBeGreaterThan(0);
    }
    const again = await challengeOf(email, "203.0.113.200", NOW_MS + 130 * MINUTE);
    expect(await guess(again, newestCode(email), NOW_MS + 130 * MINUTE)).not.toBeNull();
  });

  test("a code that is out stays good while newer ones go out", async () => {
    const email = "dora@example.com";
    const challenge = await challengeOf(email, "192.0.2.7", NOW_MS);
    const first = newestCode(email);
    for (const minutes of [1, 2, 4, 8]) await flood(email, [stranger(minutes)], NOW_MS + minutes * MINUTE);
    expect(mailsTo(email).length).toBeGreaterThan(2);
    expect(newestCode(email)).not.toBe(first);
    expect(await guess(challenge, first, NOW_MS + 9 * MINUTE)).not.toBeNull();
  });

  test("guesses of others use up none of theirs", async () => {
    const email = "eve@example.com";
    const owners = await challengeOf(email, "192.0.2.7", NOW_MS);
    const challenges = await flood(email, times(30, stranger), NOW_MS);
    await allOf(
      challenges.flatMap((challenge) => times(6, () => challenge)),
      (challenge) => guess(challenge, "2222-2222"),
    );
    expect(await guess(owners, newestCode(email))).not.toBeNull();
  });

  test("where they signed in before, and where they never were, there is room when others have taken all", async () => {
    const email = "fay@example.com";
    const home = await challengeOf(email, "192.0.2.7", NOW_MS);
    expect(await guess(home, newestCode(email))).not.toBeNull();
    // Those who come back fill their own part, for as long as they like.
    const crowd = times(30, stranger);
    for (let round = 0; round < 3; round++) await flood(email, crowd, NOW_MS + SECOND);
    expect((await ask(email, stranger(1), NOW_MS + SECOND)).kind).toBe("rate_limited");
    expect((await ask(email, "203.0.113.5", NOW_MS + SECOND)).kind).toBe("sent");
    // New ones fill theirs, but not that of a place that is known.
    await flood(
      email,
      times(80, (n) => stranger(1_000 + n)),
      NOW_MS + SECOND,
    );
    expect((await ask(email, "203.0.113.6", NOW_MS + SECOND)).kind).toBe("rate_limited");
    const back = await challengeOf(email, "192.0.2.7", NOW_MS + SECOND);
    expect(await guess(back, newestCode(email), NOW_MS + SECOND)).not.toBeNull();
  });
});

describe("one address is many people", () => {
  test("an office signs in, one after another and at once, and nobody blocks another", async () => {
    const office = "198.51.100.4";
    const people = times(40, (n) => `person${n}@example.com`);
    const sessions = await allOf(people, async (email) => {
      const challenge = await challengeOf(email, office, NOW_MS);
      return guess(challenge, newestCode(email));
    });
    expect(sessions.every((session) => session !== null)).toBe(true);
  });

  test("only mails that nobody answers count against it, and a place that a mailbox knows is free of that", async () => {
    const carrier = "198.51.100.5";
    const gil = await challengeOf("gil@example.com", carrier, NOW_MS);
    expect(await guess(gil, newestCode("gil@example.com"))).not.toBeNull();
    // As those count that ask, and never answer.
    await allOf(times(490, String), () => deps.store.count(`unanswered#${carrier}`, 600, NOW_MS));
    const outcomes = await allOf(
      times(10, (n) => `nobody${n}@example.com`),
      (email) => ask(email, carrier, NOW_MS),
    );
    expect(outcomes.every(({ kind }) => kind === "sent")).toBe(true);
    expect(await ask("hal@example.com", carrier, NOW_MS)).toMatchObject({ kind: "rate_limited" });
    expect((await ask("gil@example.com", carrier, NOW_MS)).kind).toBe("sent");
    expect((await ask("hal@example.com", "198.51.100.6", NOW_MS)).kind).toBe("sent");
  });
});
