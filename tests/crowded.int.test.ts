import { expect, it } from "vitest";
import { createSale } from "../load/create-sale.ts";
import { prepareAttempts } from "../load/crowd/prepare-attempts.ts";
import { sendCrowd } from "../load/crowd/send-crowd.ts";
import { testCloud } from "./support/cloud.ts";

const BUYERS = 1_000;
const CONNECTIONS = 500;

const cloud = await testCloud();

it("500 at once are all accepted as soon as they are served: the line waits, not the ledger's time limit", async () => {
  const { apiUrl } = cloud;
  const saleId = await createSale(apiUrl, { name: "Crowded", allocated: BUYERS });
  const attempts = prepareAttempts(apiUrl, saleId, { buyers: BUYERS, twice: 0, seed: 1 });
  const log = await sendCrowd({ apiUrl, attempts, connections: CONNECTIONS });
  // Whoever waited ten seconds on a very slow machine was told to come again: nothing of that had begun.
  const begun = log.filter(({ kind }) => kind !== "unavailable");
  expect(begun.filter(({ kind }) => kind !== "accepted")).toEqual([]);
  expect(begun).toHaveLength(BUYERS);
}, 60_000);
