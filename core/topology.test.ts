import { expect, test } from "vitest";
import { CDN_PATIENCE_SECONDS, httpFunction, httpNames } from "./topology.ts";

test("every function behind the CDN has ended before the CDN gives it up and asks once more", () => {
  const late = httpNames.filter((name) => httpFunction(name).timeLimitSeconds >= CDN_PATIENCE_SECONDS);
  expect(late).toEqual([]);
});
