import { expect, test } from "vitest";
import { leastInLane0, planPeople } from "./people.ts";
import { parseFlags } from "./parse-flags.ts";

const sale = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD";

test("without a sale it makes launches of its own; with one it brings 2,000 people to it", () => {
  expect(parseFlags([])).toMatchObject({ rehearsal: null, size: { people: 20_000 } });
  const { size } = parseFlags(["--people", "400", "--seed", "1"]);
  expect(size.units).toBe(Math.floor(leastInLane0(planPeople(size)) * 0.95));
  expect(size.units).toBeGreaterThan(20);
  expect(parseFlags(["--sale", sale]).rehearsal).toEqual({
    saleId: sale,
    url: "http://127.0.0.1:4000",
    dataDir: ".local",
    people: 2_000,
    onlyJoin: false,
  });
  expect(parseFlags(["--sale", sale, "--people", "5", "--only-join"]).rehearsal).toMatchObject({
    people: 5,
    onlyJoin: true,
  });
});

test("what is no sale is told in a sentence", () => {
  expect(() => parseFlags(["--sale", "mine"])).toThrow(
    '--sale must be the id of a sale (sale_…), not "mine".',
  );
  expect(() => parseFlags(["--people", "5"])).toThrow("--people must be a whole number from 20");
});
