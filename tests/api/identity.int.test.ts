import { describe, expect, test } from "vitest";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { codeFor } from "../support/test-mailbox.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud({ trigger: false });
const { call } = testApi(cloud.apiUrl);

type Body = { challenge: string; token: string; buyerId: string; role: string; expiresAt: string };
const bodyOf = (answer: { body: unknown }) => answer.body as Body;

/** Asks for a code; `count` is how many mails the address has then. */
async function ask(email: string, count = 1) {
  const answer = await call("POST /api/identity/code", { body: { email } });
  expect(answer).toMatchObject({ status: 202, body: { expiresInSeconds: 600 } });
  return { challenge: bodyOf(answer).challenge, code: await codeFor(cloud.mailboxUrl, email.trim(), count) };
}
const signIn = (body: object) => call("POST /api/identity/session", { body });
const wrong = (code: string) => (code === "2222-2222" ? "2222-2223" : "2222-2222");

describe("signing in with the code out of the mail", () => {
  test("sets a cookie that no script reads and no other site sends, and it is a session", async () => {
    const answer = await signIn(await ask("ann@example.com"));
    expect(answer.status).toBe(200);
    expect(bodyOf(answer)).toEqual({
      buyerId: expect.stringMatching(/^byr_/) as string,
      role: "shopper",
      expiresAt: expect.stringMatching(/Z$/) as string,
      signedInAs: "a•••@example.com",
    });
    const cookie = answer.headers.getSetCookie();
    expect(cookie).toHaveLength(1);
    const [pair = "", ...attributes] = cookie[0]!.split("; ");
    expect(attributes).toEqual(["Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Strict"]);
    const session = await call("GET /api/identity/session", { headers: { cookie: `other=1; ${pair}` } });
    expect(session).toMatchObject({ status: 200, body: { buyerId: bodyOf(answer).buyerId } });
  });

  test("answers a token instead where it is asked for, and no cookie", async () => {
    const answer = await signIn({ ...(await ask("bob@example.com")), transport: "bearer" });
    expect(answer.headers.getSetCookie()).toEqual([]);
    const { token, buyerId, expiresAt } = bodyOf(answer);
    const session = await call("GET /api/identity/session", { token });
    expect(bodyOf(session)).toEqual({ buyerId, role: "shopper", expiresAt, signedInAs: "b•••@example.com" });
  });

  test("the mail is in the page's language and in the shop's name; English where none is asked for", async () => {
    const subjectFor = async (email: string, language?: string) => {
      await call("POST /api/identity/code", { body: { email, language } });
      await codeFor(cloud.mailboxUrl, email);
      const response = await fetch(`${cloud.mailboxUrl}/api?to=${email}`);
      return ((await response.json()) as { mails: { subject: string; text: string }[] }).mails[0];
    };
    expect(await subjectFor("emma@example.com")).toMatchObject({
      subject: expect.stringMatching(/^\S{9} is your sign-in code for Flash sale$/),
    });
    expect(await subjectFor("emil@example.com", "de")).toMatchObject({
      subject: expect.stringMatching(/^\S{9} ist Ihr Anmeldecode für Flash sale$/),
      text: expect.stringContaining("Er gilt 10 Minuten lang"),
    });
    const body = { email: "emil@example.com", language: "fr" };
    expect(await call("POST /api/identity/code", { body })).toMatchObject({ status: 400 });
  });

  test("works once", async () => {
    const answer = await ask("cara@example.com");
    expect((await signIn(answer)).status).toBe(200);
    expect(await signIn(answer)).toMatchObject({ status: 401, body: { kind: "unauthenticated" } });
  });

  test("is the same buyer whatever the case and the spaces of the address", async () => {
    const first = await signIn(await ask("dora@example.com"));
    const second = await signIn(await ask("  Dora@EXAMPLE.com ", 2));
    expect(bodyOf(second).buyerId).toBe(bodyOf(first).buyerId);
  });

  test("gives staff the role that STAFF says, and everybody else none", async () => {
    const roles = [];
    for (const name of ["viewer", "operator", "admin", "somebody"])
      roles.push(bodyOf(await signIn(await ask(`${name}@example.com`))).role);
    expect(roles).toEqual(["viewer", "operator", "admin", "shopper"]);
  });
});

test("five wrong codes burn their own challenge; another one of the same address still signs in", async () => {
  const strangers = await ask("eve@example.com");
  const owners = await ask("eve@example.com");
  for (let guess = 0; guess < 5; guess++)
    expect((await signIn({ ...strangers, code: wrong(strangers.code) })).status).toBe(401);
  expect((await signIn(strangers)).status).toBe(401);
  expect((await signIn(owners)).status).toBe(200);
});

test("signing out forgets the cookie", async () => {
  const answer = await call("DELETE /api/identity/session");
  expect([answer.status, answer.text]).toEqual([204, ""]);
  expect(answer.headers.getSetCookie()).toEqual(["session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"]);
});

test("who is not signed in is told so", async () => {
  for (const request of [{}, { token: "x" }, { headers: { cookie: "session=x" } }])
    expect(await call("GET /api/identity/session", request)).toMatchObject({
      status: 401,
      body: { kind: "unauthenticated" },
    });
});

describe("a bad request is refused without a word of what we know", () => {
  test.each<[string, object]>([
    ["no address", {}],
    ["no e-mail address", { email: "ann" }],
    ["a line break in the address", { email: "ann@example.com\r\nBcc: eve@example.com" }],
    ["two addresses", { email: "ann@example.com,eve@example.com" }],
    ["an address past 254 characters", { email: `${"a".repeat(250)}@example.com` }],
    ["a list of addresses", { email: ["ann@example.com"] }],
    ["an unknown field", { email: "ann@example.com", role: "admin" }],
  ])("for a code: %s", async (_, body) => {
    const answer = await call("POST /api/identity/code", { body });
    expect(answer).toMatchObject({ status: 400, body: { kind: "invalid_request" } });
  });

  const challenge = "A".repeat(22);
  test.each<[string, object]>([
    ["no challenge", { code: "2345-6789" }],
    ["a challenge of another shape", { challenge: "challenge#1", code: "2345-6789" }],
    ["a code of seven", { challenge, code: "2345-678" }],
    ["a code with a letter that no code has", { challenge, code: "2345-678O" }],
    ["a code that is a number", { challenge, code: 23456789 }],
    ["another transport", { challenge, code: "2345-6789", transport: "url" }],
  ])("for a session: %s", async (_, body) => {
    expect(await signIn(body)).toMatchObject({ status: 400, body: { kind: "invalid_request" } });
  });

  test("a challenge that nobody opened is as wrong as a wrong code", async () => {
    const real = await ask("fay@example.com");
    const [unknown, guessed] = [
      await signIn({ challenge, code: "2345-6789" }),
      await signIn({ ...real, code: wrong(real.code) }),
    ];
    const refusal = ({ status, body }: typeof unknown) => ({ status, ...body, requestId: "" });
    expect(refusal(unknown)).toEqual(refusal(guessed));
  });
});

test("however often an address is asked for, its mailbox gets one mail in half a minute, and every challenge is good", async () => {
  const email = "flood@example.com";
  const answers = await Promise.all(
    Array.from({ length: 45 }, () => call("POST /api/identity/code", { body: { email } })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  const { mails } = (await (await fetch(`${cloud.mailboxUrl}/api?to=${email}`)).json()) as { mails: [] };
  expect(mails).toHaveLength(1);
  const code = await codeFor(cloud.mailboxUrl, email);
  expect((await signIn({ challenge: bodyOf(answers[44]!).challenge, code })).status).toBe(200);
});

test("a code may be typed in any case, with or without spaces and hyphens", async () => {
  const ways = [
    (code: string) => code.toLowerCase(),
    (code: string) => code.replace("-", ""),
    (code: string) => ` ${code.replace("-", " ")} `,
    (code: string) => code.replace("-", "\u2013").split("").join(" "),
  ];
  for (const [n, typed] of ways.entries()) {
    const { challenge, code } = await ask("gil@example.com", n + 1);
    expect(code).toMatch(/^[2-9CDFHJKMNPQRTVWXY]{4}-[2-9CDFHJKMNPQRTVWXY]{4}$/);
    expect((await signIn({ challenge, code: typed(code) })).status).toBe(200);
  }
});

test("a shopper's session opens no route of the staff's, nor a viewer's one of the operators'", async () => {
  const sale = "sale_01KB2Q8ZW0ABCDEFGHJKMNPQRS";
  const reads = ["GET /api/admin/sales", `GET /api/admin/sales/${sale}`];
  const writes = ["pause", "resume", "end"].map((what) => `POST /api/admin/sales/${sale}/${what}`);
  const changes = [...writes, `PATCH /api/admin/sales/${sale}`, "POST /api/admin/sales"];
  for (const route of [...reads, ...changes]) {
    const answers = [await call(route), await call(route, { token: tokenOf(aBuyer(), "shopper") })];
    expect(answers.map((answer) => answer.body?.kind)).toEqual(["unauthenticated", "forbidden"]);
  }
  const viewer = tokenOf(aBuyer(), "viewer");
  for (const route of changes) expect((await call(route, { token: viewer })).body?.kind).toBe("forbidden");
  expect((await call(reads[0]!, { token: viewer })).status).toBe(200);
  expect((await call(reads[1]!, { token: viewer })).status).toBe(404);
});
