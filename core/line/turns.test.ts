import { describe, expect, test } from "vitest";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { sessionSigner } from "../identity/session.ts";
import { drawn, saleId, startsAtMs, writeLog } from "./kept-log.fixture.ts";
import { issueTicket, receiptOf } from "./ticket.ts";
import { createTurns } from "./turns.ts";

const signer = sessionSigner("a-secret-of-its-own-with-32-characters", "production");
const buyerId = aBuyer();
const entry = { list: 0, lane: 0, quantity: 1, buyerId, salt: Buffer.alloc(16) } as const;
const ticket = issueTicket(signer, receiptOf(saleId, entry));
const line = { state: writeLog(...drawn).state, ageMs: () => 0 };
const turns = createTurns({
  signer,
  lines: { present: () => line, lineOf: async () => line },
  entries: { find: async () => null },
  files: { hasLeaf: async () => true },
  nowMs: () => startsAtMs,
});

const estimates = async (available: number | null) => {
  const asked = [saleId, buyerId, ticket, available] as const;
  const both = [turns.refusalAtOnce(...asked), await turns.turnOf(...asked)];
  return both.map((refusal) => refusal?.kind === "not_your_turn" && refusal.estimate);
};

describe("an entry that no step has reached is refused from memory", () => {
  test("with a range, if nothing is known of the units left", async () => {
    for (const estimate of await estimates(null)) expect(estimate).toMatchObject({ why: "pace" });
  });

  test("without one while every unit is known to be taken: nobody can say", async () => {
    for (const estimate of await estimates(0))
      expect(estimate).toMatchObject({ fromMs: null, toMs: null, why: "stock" });
  });
});
