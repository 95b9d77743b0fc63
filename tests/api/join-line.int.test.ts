import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { expect, test } from "vitest";
import type { SolvedChallenge } from "../../core/contract/challenge.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";

const { call, newSale } = testApi((await testCloud()).apiUrl);
const entry = "line/entry";

const aLine = () =>
  newSale({
    startsAt: new Date(Date.now() + 3_600_000).toISOString(),
    mode: {
      kind: "waiting_room",
      closesAt: new Date(Date.now() + 1_800_000).toISOString(),
      admissionsPerSecond: 5,
      mostInside: 20,
    },
  });

async function solve(saleId: string, token: string): Promise<SolvedChallenge> {
  const { status, body } = await call(`GET /api/sale/${saleId}/line/challenge`, { token });
  expect(status).toBe(200);
  const { challenge } = body as unknown as Pick<SolvedChallenge, "challenge">;
  const solution = await solveChallenge({ challenge, deriveKey });
  const { counter, derivedKey } = solution!;
  return { challenge, solution: { counter, derivedKey } };
}

const laneOf = ({ body }: Awaited<ReturnType<typeof call>>) =>
  (body as unknown as { receipt: { lane: number } }).receipt.lane;

test("whoever solves the puzzle joins lane 0, also when the join is repeated; whoever does not, lane 1", async () => {
  const saleId = await aLine();
  const token = tokenOf(aBuyer());
  const solution = await solve(saleId, token);
  const join = { token, body: { solution } };
  const first = await call(`POST /api/sale/${saleId}/${entry}`, join);
  expect([first.status, laneOf(first)]).toEqual([201, 0]);
  const again = await call(`POST /api/sale/${saleId}/${entry}`, join);
  expect([again.status, laneOf(again)]).toEqual([200, 0]);
  const lazy = await call(`POST /api/sale/${saleId}/${entry}`, { token: tokenOf(aBuyer()), body: {} });
  expect([lazy.status, laneOf(lazy)]).toEqual([201, 1]);
});

test("another's solution is refused by name", async () => {
  const saleId = await aLine();
  const solution = await solve(saleId, tokenOf(aBuyer()));
  const answer = await call(`POST /api/sale/${saleId}/${entry}`, {
    token: tokenOf(aBuyer()),
    body: { solution },
  });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: "solution" }] } });
});
