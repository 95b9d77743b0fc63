import { expect, it } from "vitest";
import { createSale } from "../load/create-sale.ts";
import { prepareAttempts } from "../load/crowd/prepare-attempts.ts";
import { sendCrowd } from "../load/crowd/send-crowd.ts";
import { awaitSettled } from "../load/verdict/await-settled.ts";
import { isFinal } from "../load/verdict/client-answer.ts";
import { judge } from "../load/verdict/verdict.ts";
import { testCloud } from "./support/cloud.ts";

const SALES = 20;
const UNITS = 100;
const crowd = { buyers: 2_000, twice: 1 / 3 };
const CONNECTIONS = 64;
const TIME_LIMIT_MS = 300_000;

// With the guardian: what a slow machine's time limits cut short is left to its relay.
const cloud = await testCloud({ schedules: ["guardian"] });

it(
  "sells 100 units to 2,000 buyers, a third of them asking twice at once, exactly, twenty times over",
  async () => {
    const { apiUrl } = cloud;
    for (let seed = 1; seed <= SALES; seed++) {
      const saleId = await createSale(apiUrl, { name: `Crowd ${seed}`, allocated: UNITS });
      const attempts = prepareAttempts(apiUrl, saleId, { ...crowd, seed });
      const log = await sendCrowd({ apiUrl, attempts, connections: CONNECTIONS });
      const facts = await awaitSettled(cloud, saleId);

      expect(judge(facts, log), `sale ${seed}`).toEqual([]);
      expect(facts.gate.stock).toEqual({ allocated: UNITS, available: 0, held: 0, sold: UNITS, withheld: 0 });
      expect(facts.database).toMatchObject({ sold: UNITS, allocated: UNITS });
      expect(facts.database.rows).toHaveLength(UNITS);
      expect(facts.ledger).toHaveLength(UNITS);
      // On a slow machine a store is silent now and then, and the attempt is made again with its key.
      expect(log.filter(isFinal)).toHaveLength(attempts.length);
    }
  },
  TIME_LIMIT_MS,
);
