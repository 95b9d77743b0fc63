import { expect, test } from "vitest";
import { isStoreSilent } from "./store-errors.ts";

const withCode = (code: string) => Object.assign(new Error("refused"), { code });
const named = (name: string) => Object.assign(new Error("refused"), { name });

test.each([
  ["a refused connection", withCode("ECONNREFUSED")],
  ["a client's time limit", named("TimeoutError")],
  ["Redis out of retries", named("MaxRetriesPerRequestError")],
  ["Redis that loads its data", new Error("LOADING Redis is loading the dataset in memory")],
  ["a command that timed out", new Error("Command timed out")],
  ["DynamoDB that throttles", named("ThrottlingException")],
  ["PostgreSQL that shuts down", withCode("57P01")],
  ["PostgreSQL with too many connections", withCode("53300")],
  ["a statement out of time", withCode("57014")],
  ["a cause further down", new Error("outer", { cause: new Error("inner", { cause: withCode("EPIPE") }) })],
  ["several addresses, all refused", new AggregateError([withCode("ECONNREFUSED")])],
])("%s means that the truth is unknown", (_, error) => {
  expect(isStoreSilent(error)).toBe(true);
});

test.each([
  ["a broken law", withCode("23505")],
  ["bad data", withCode("22003")],
  ["a defect", new TypeError("x is not a function")],
  ["something that is no error", "ECONNREFUSED"],
])("%s does not", (_, error) => {
  expect(isStoreSilent(error)).toBe(false);
});
