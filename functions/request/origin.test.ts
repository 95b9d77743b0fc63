import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { readSource } from "./origin.ts";
import { Refused } from "./request.ts";

const from = (headers: Record<string, string>) =>
  ({ headers, requestContext: { http: { sourceIp: "203.0.113.9" } } }) as unknown as APIGatewayProxyEventV2;
const said = { "x-viewer-address": "198.18.0.1" };

test("where there is no CDN nobody is believed what address they say they have", () =>
  expect(readSource(from(said), "")).toBe("203.0.113.9"));

test("behind a CDN its word counts, and a request that came around it is refused whatever it says", () => {
  expect(readSource(from({ ...said, "x-origin-secret": "known" }), "known")).toBe("198.18.0.1");
  expect(readSource(from({ "x-origin-secret": "known" }), "known")).toBe("203.0.113.9");
  for (const headers of [said, { ...said, "x-origin-secret": "guess" }, {}])
    expect(() => readSource(from(headers), "known")).toThrow(Refused);
});
