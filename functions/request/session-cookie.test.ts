import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { readCredential, sessionCookie } from "./session-cookie.ts";

const event = (headers: Record<string, string>, cookies: string[] = []) =>
  ({ headers, cookies }) as unknown as APIGatewayProxyEventV2;

test("outside localhost the cookie is Secure and bound to its host", () => {
  expect(sessionCookie("local", "token", 60)).toBe(
    "session=token; Path=/; Max-Age=60; HttpOnly; SameSite=Strict",
  );
  for (const stage of ["dev", "preview", "production"] as const)
    expect(sessionCookie(stage, "token", 60)).toBe(
      "__Host-session=token; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure",
    );
});

test("a token is read from its header first, then from the stage's own cookie", () => {
  expect(readCredential(event({ authorization: "Bearer one" }, ["session=two"]), "local")).toEqual({
    token: "one",
    from: "header",
  });
  expect(readCredential(event({}, ["other=0", "session=two"]), "local")).toEqual({
    token: "two",
    from: "cookie",
  });
  expect(readCredential(event({ authorization: "Basic b25l" }, ["session=two"]), "local")).toEqual({
    token: "two",
    from: "cookie",
  });
  expect(readCredential(event({}, ["session=two"]), "production")).toBeNull();
  expect(readCredential(event({}, ["__Host-session=two"]), "production")).toEqual({
    token: "two",
    from: "cookie",
  });
  expect(readCredential(event({}), "local")).toBeNull();
});
