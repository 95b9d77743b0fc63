import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { NOW_MS, aBuyer } from "../../tests/support/test-sale.ts";
import { newRehearsalId } from "../ids.ts";
import { isAllowed, issueSession, sessionSigner, verifySession } from "./session.ts";

const secret = "a-secret-of-its-own-with-32-characters";
const signer = sessionSigner(secret, "production");
const session = { buyerId: aBuyer(), role: "shopper", expiresAtMs: NOW_MS } as const;
const token = issueSession(signer, session);
const [header = "", payload = "", signature = ""] = token.split(".");
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decoded = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
const signed = (head: string, claims: string, key = secret) =>
  `${head}.${claims}.${createHmac("sha256", key).update(`${head}.${claims}`).digest("base64url")}`;

test("a session comes back from its token until the second it expires in", () => {
  const sessionId = expect.stringMatching(/^[\w-]{12}$/) as string;
  expect(verifySession(signer, token, NOW_MS - 1)).toEqual({ ...session, sessionId });
  expect(verifySession(signer, token, NOW_MS)).toBeNull();
});

test("each token is a session of its own, and tells whose role it bears", () => {
  const sessions = Array.from({ length: 100 }, () => {
    const issued = issueSession(signer, { ...session, role: "viewer", staffMark: "mark" });
    return verifySession(signer, issued, NOW_MS - 1);
  });
  expect(new Set(sessions.map((issued) => issued?.sessionId)).size).toBe(100);
  expect(sessions[0]?.staffMark).toBe("mark");
});

test("only a crowd's own session bears the rehearsal whose steps it takes", () => {
  const rehearsalId = newRehearsalId(NOW_MS);
  const issued = issueSession(signer, { ...session, rehearsalId });
  expect(verifySession(signer, issued, NOW_MS - 1)).toMatchObject({ role: "shopper", rehearsalId });
  expect(verifySession(signer, token, NOW_MS - 1)).not.toHaveProperty("rehearsalId");
});

describe("no session comes from", () => {
  test.each<[string, string]>([
    ["nothing", ""],
    ["a word", "token"],
    ["a token without a signature", `${header}.${payload}.`],
    ["one with a part too many", `${token}.${signature}`],
    ["alg none", `${encode({ alg: "none", typ: "JWT" })}.${payload}.`],
    ["alg none, signed all the same", signed(encode({ alg: "none", typ: "JWT" }), payload)],
    ["another header with a good signature", signed(encode({ typ: "JWT", alg: "HS256" }), payload)],
    ["a role that was raised", `${header}.${encode({ ...decoded, role: "admin" })}.${signature}`],
    ["another buyer", `${header}.${encode({ ...decoded, sub: aBuyer() })}.${signature}`],
    ["another key", signed(header, payload, `${secret}!`)],
    ["a cut signature", token.slice(0, -4)],
    ["another stage", issueSession(sessionSigner(secret, "dev"), session)],
    ["a role that nobody has", signed(header, encode({ ...decoded, role: "root" }))],
    ["a subject that is no buyer", signed(header, encode({ ...decoded, sub: "admin" }))],
    ["no name to end it by", signed(header, encode({ ...decoded, jti: undefined }))],
    ["no expiry", signed(header, encode({ ...decoded, exp: undefined }))],
    ["an expiry in words", signed(header, encode({ ...decoded, exp: "9999999999" }))],
    ["a payload that is not JSON", signed(header, Buffer.from("{").toString("base64url"))],
    ["a payload that is null", signed(header, encode(null))],
  ])("%s", (_, forged) => {
    expect(verifySession(signer, forged, NOW_MS - 1)).toBeNull();
  });
});

test("a role may do what needs a lesser one", () => {
  const roles = ["shopper", "viewer", "operator", "admin"] as const;
  expect(roles.map((role) => roles.map((least) => isAllowed(role, least)))).toEqual([
    [true, false, false, false],
    [true, true, false, false],
    [true, true, true, false],
    [true, true, true, true],
  ]);
});
