import { expect, test } from "vitest";
import { sessionSigner } from "../identity/session.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { newSaleId } from "../ids.ts";
import { joinLine, type JoinDependencies } from "./join.ts";
import { at, rules, settings, writeLog } from "./kept-log.fixture.ts";

const saleId = newSaleId(0);
const asked = { saleId, buyerId: aBuyer(), quantity: 1, language: "en" } as const;
const open0 = writeLog([rules, at], [settings, at]).state;
const open1 = writeLog([rules, at], [settings, at], [{ kind: "closing", list: 0 }, rules.closesAtMs]).state;

/** A line of which list 0 closes between two readings. */
function closing(ageMs = () => 0) {
  const readings = [open0, open1];
  const [spent, put]: number[][] = [[], []];
  const deps: JoinDependencies = {
    joins: {
      markJoined: async () => true,
      put: async (_, entry) => {
        put!.push(entry.list);
        return { isNew: true, entry };
      },
    },
    lines: { lineOf: async () => ({ state: readings.shift()!, ageMs }) },
    saleOf: async () => null,
    stockOf: async () => null,
    signer: sessionSigner("a secret of this test alone, long enough", "local"),
    warn: () => {},
    admit: async (list) => {
      spent!.push(list);
      return { kind: "admitted", why: null };
    },
  };
  return { deps, spent, put };
}

test("a solution is spent for the very list that the entry goes into", async () => {
  const { deps, spent, put } = closing();
  expect((await joinLine(deps, asked)).kind).toBe("joined");
  expect([spent, put]).toEqual([[0], [0]]);
});

test("a join is late by the reading that its solution was spent by", async () => {
  let nowMs = 0;
  const { deps } = closing(() => nowMs);
  const admit: typeof deps.admit = async () => {
    nowMs = 4_001;
    return { kind: "admitted", why: null };
  };
  expect(await joinLine({ ...deps, admit }, asked)).toEqual({ kind: "join_unknown" });
});

test("a wrong solution joins nothing", async () => {
  const { deps, put } = closing();
  const wrong = { kind: "wrong_solution", fault: "spent" } as const;
  expect(await joinLine<typeof wrong>({ ...deps, admit: async () => wrong }, asked)).toEqual(wrong);
  expect(put).toEqual([]);
});
