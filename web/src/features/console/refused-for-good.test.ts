import { expect, test } from "vitest";
import type { Problem } from "../api/contract.ts";
import type { Reply } from "../api/request.ts";
import { isRefusedForGood } from "./refused-for-good.ts";

const refused = (kind: Problem["kind"]): Reply<unknown> => ({
  kind: "refused",
  problem: { kind } as Problem,
});

test("a key is given up once nothing can come of it", () => {
  expect((["invalid_request", "key_reused"] as const).every((kind) => isRefusedForGood(refused(kind)))).toBe(
    true,
  );
  const unclear = ["rate_limited", "internal", "unavailable", "unauthenticated"] as const;
  expect(unclear.some((kind) => isRefusedForGood(refused(kind)))).toBe(false);
  expect(isRefusedForGood({ kind: "no_answer" })).toBe(false);
});
