import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import type { Guests } from "../contract/guests.ts";
import { sessionSigner } from "../identity/session.ts";
import { guessKey } from "./guest-key.ts";
import { createGuestLists } from "./guest-list.dynamo.ts";
import type { GuestRow } from "./guest-rows.ts";
import { requestInvitation } from "./request-invitation.ts";

const stores = await testStores();
const dynamo = testTables(stores.dynamoEndpoint);
const lists = createGuestLists(dynamo, stores.lineTable);
const NOW_MS = Date.parse("2026-11-27T09:00:00.000Z");
const SOURCE = "203.0.113.77";

const row = (key: string, uses = 1): GuestRow => ({ key, shown: key, tier: "", uses });
async function aListedSale(rows: readonly GuestRow[]) {
  const { saleId } = aSale();
  await lists.write(saleId, "first", rows, NOW_MS);
  const guests: Guests = { kind: "listed", by: "codes", tiers: [] };
  return { saleId, guests, guestList: { id: "first", edition: 1 }, startsAtMs: NOW_MS };
}
type Listed = Awaited<ReturnType<typeof aListedSale>>;

const marks: string[] = [];
const measured: [string, number][] = [];
const noting: typeof lists = {
  ...lists,
  countGuess: (who, ...more) => {
    marks.push(who);
    return lists.countGuess(who, ...more);
  },
};
const ask = (
  sale: Listed,
  code: string,
  { buyerId = aBuyer(), source = SOURCE, saleOf = async (): Promise<Listed> => sale } = {},
) =>
  requestInvitation(
    {
      saleOf,
      lists: noting,
      addresses: { of: async () => new Map() },
      providers: new Map(),
      signer: sessionSigner("a-secret-of-thirty-two-characters!", "local"),
      limitsSources: true,
      measure: (name, value) => void measured.push([name, value]),
    },
    { saleId: sale.saleId, buyerId, code, source },
    NOW_MS,
  );

test("a guest is never told that they are not on the list while it is switched", async () => {
  const sale = await aListedSale([]);
  const next = { ...sale, guestList: { id: "second", edition: 2 } };
  await lists.write(sale.saleId, "second", [row("WELCOME")], NOW_MS);
  let reads = 0;
  const saleOf = async () => (reads++ === 0 ? sale : next);
  expect(await ask(sale, "WELCOME", { saleOf })).toEqual({ kind: "unavailable" });
  expect(await ask(sale, "WELCOME", { saleOf })).toMatchObject({ kind: "invited" });
});

test("good codes count as no guesses, however many come from one source", async () => {
  const sale = await aListedSale([row("WELCOME", 500)]);
  const [guesser, guest] = [aBuyer(), aBuyer()];
  for (let round = 0; round < 4; round++) {
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(sale, "WELCOME")));
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(["invited"]));
  }
  for (let guess = 0; guess < 12; guess++) await ask(sale, "WELCOME", { buyerId: guest });
  expect(await ask(sale, "WELCOME", { buyerId: guest })).toMatchObject({ kind: "invited" });
  for (let guess = 0; guess < 10; guess++)
    expect(await ask(sale, `WRONG${guess}`, { buyerId: guesser })).toMatchObject({ reason: "wrong_code" });
  expect(await ask(sale, "WELCOME", { buyerId: guesser })).toMatchObject({ kind: "rate_limited" });
});

test("wrong codes of a sale are counted whoever tries them; from a thousand on each buyer tries one a minute", async () => {
  const sale = await aListedSale([row("WELCOME1", 500)]);
  expect(await ask(sale, "WRONGONE", { source: "2001:db8:1::1" })).toMatchObject({ reason: "wrong_code" });
  expect(measured.at(-1)).toEqual(["WrongInvitationCodes", 1]);
  const Item = { ...guessKey(`${sale.saleId}#wrong`, NOW_MS / 600_000), guesses: 1_000 };
  await dynamo.put({ TableName: stores.lineTable, Item });
  const [guesser, guest] = [aBuyer(), aBuyer()];
  expect(await ask(sale, "WRONGTWO", { buyerId: guesser })).toMatchObject({ reason: "wrong_code" });
  const next = await ask(sale, "WELCOME1", { buyerId: guesser });
  expect(next).toMatchObject({ kind: "rate_limited" });
  expect((next as { retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(60_000);
  for (let again = 0; again < 3; again++)
    expect(await ask(sale, "WELCOME1", { buyerId: guest })).toMatchObject({ kind: "invited" });
});

test("sources that are to be had for free are counted together", async () => {
  const sale = await aListedSale([row("WELCOME1", 500)]);
  const guess = (index: number) =>
    ask(sale, `WRONG${index}`, { source: `2001:db8:7:${index.toString(16)}::1` });
  const answers = [];
  for (let round = 0; round < 16; round++)
    answers.push(...(await Promise.all(Array.from({ length: 26 }, (_, index) => guess(round * 26 + index)))));
  expect(answers.filter(({ kind }) => kind === "rate_limited")).toHaveLength(16);
});

test("the table has no address of a source", async () => {
  await ask(await aListedSale([]), "ANY-CODE");
  expect(marks.length).toBeGreaterThan(0);
  expect(marks.filter((mark) => mark.includes("203.0"))).toEqual([]);
});
