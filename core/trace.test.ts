import { expect, test } from "vitest";
import { traceHeaderOf, traceIdOf } from "./trace.ts";

const ID = "1-67891233-abcdef012345678912345678";

test.each([
  ["Lambda's", `Root=${ID};Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:a87bd80c:0`],
  ["API Gateway's", `Root=${ID}`],
  ["a load balancer's", `Self=1-67891234-000000000000000000000000;Root=${ID}`],
  ["one with spaces", ` Sampled=0; Root=${ID} `],
  ["our own", traceHeaderOf(ID)],
])("the trace id is read from %s header", (_, header) => {
  expect(traceIdOf(header)).toBe(ID);
});

test.each([
  ["no header", undefined],
  ["an empty one", ""],
  ["another version", `Root=2${ID.slice(1)}`],
  ["one that is too long", `Root=${ID}0`],
  ["one that is too short", `Root=${ID.slice(0, -1)}`],
  ["capital letters", `Root=${ID.toUpperCase()}`],
  ["text around it", `Root=x${ID}`],
  ["another name", `Boot=${ID}`],
  ["the id behind a flood of parts", `${"a=1;".repeat(2_000)}Root=${ID}`],
])("%s counts as no trace", (_, header) => {
  expect(traceIdOf(header)).toBeNull();
});
