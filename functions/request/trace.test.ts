import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterEach, expect, test, vi } from "vitest";
import { readTraceId } from "./trace.ts";

const OF_GATEWAY = "1-67891233-aaaaaaaaaaaaaaaaaaaaaaaa";
const OF_LAMBDA = "1-67891233-bbbbbbbbbbbbbbbbbbbbbbbb";
const withHeader = (header?: string) =>
  ({ headers: header === undefined ? {} : { "x-amzn-trace-id": header } }) as APIGatewayProxyEventV2;
afterEach(() => vi.unstubAllEnvs());

test("Lambda's word counts before the header, whose root X-Ray does not know", () => {
  vi.stubEnv("_X_AMZN_TRACE_ID", `Root=${OF_LAMBDA};Parent=53995c3f42cd8ad8;Sampled=1`);
  expect(readTraceId(withHeader(`Root=${OF_GATEWAY}`))).toBe(OF_LAMBDA);
});

test("where Lambda says nothing the header counts, if it is one", () => {
  vi.stubEnv("_X_AMZN_TRACE_ID", undefined);
  expect(readTraceId(withHeader(`Root=${OF_GATEWAY}`))).toBe(OF_GATEWAY);
  expect(readTraceId(withHeader("Root='; drop table orders"))).toBeNull();
  expect(readTraceId(withHeader())).toBeNull();
});
