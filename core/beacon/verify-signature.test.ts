import { expect, test } from "vitest";
import { chainHash } from "../../local/beacon/chain-hash.ts";
import { ownChain } from "../../local/beacon/own-chain.ts";
import { quicknet } from "./chain.ts";
import { quicknetSeed, recordedRounds } from "./recorded-rounds.fixture.ts";
import { isSignatureOf } from "./verify-signature.ts";

const [first, second] = recordedRounds;

test("recorded rounds of quicknet verify under the pinned key", async () => {
  for (const { round, signature } of recordedRounds)
    expect(await isSignatureOf(quicknet, round, signature)).toBe(true);
});

const flipped = `${first.signature.slice(0, -1)}8`;

test.each([
  ["of another round", first.round + 1, first.signature],
  ["of a neighbour", first.round, second.signature],
  ["with a digit changed", first.round, flipped],
  ["in capitals", first.round, first.signature.toUpperCase()],
  ["too short", first.round, first.signature.slice(2)],
  ["empty", first.round, ""],
  ["the point at infinity", first.round, `c0${"0".repeat(94)}`],
  ["no point at all", first.round, "f".repeat(96)],
])("a signature %s does not", async (_what, round, signature) => {
  expect(await isSignatureOf(quicknet, round, signature)).toBe(false);
});

test("nor does one of another chain", async () => {
  const own = await ownChain({ genesisSeconds: 1_700_000_000 });
  const signature = own.sign(first.round);
  expect(await isSignatureOf(own.chain, first.round, signature)).toBe(true);
  expect(await isSignatureOf(quicknet, first.round, signature)).toBe(false);
  expect(await isSignatureOf(own.chain, first.round, first.signature)).toBe(false);
});

test("quicknet's hash is that of its whole description, as drand makes it", () => {
  const { publicKey, genesisMs, periodMs, hash } = quicknet;
  const description = { publicKey, genesisSeconds: genesisMs / 1000, periodSeconds: periodMs / 1000 };
  expect(chainHash({ ...description, ...quicknetSeed })).toBe(hash);
});
