import { expect, test } from "vitest";
import { beaconSource } from "./beacon-source.ts";
import { quicknet } from "./chain.ts";

const chain = { ...quicknet, isRehearsal: true };
const described = JSON.stringify({ chain, relays: ["http://127.0.0.1:4001"] });

test("the public beacon, unless a rehearsal is described", () => {
  const source = beaconSource({ STAGE: "production", BEACON_REHEARSAL: "" });
  expect(source.chain).toBe(quicknet);
  expect(source.relays.length).toBeGreaterThan(3);
});

test("a rehearsal on a developer's machine", () => {
  expect(beaconSource({ STAGE: "local", BEACON_REHEARSAL: described })).toEqual(JSON.parse(described));
});

test("a rehearsal is refused wherever else, and so is one that says it is none", () => {
  for (const STAGE of ["production", "preview", "dev"] as const)
    expect(() => beaconSource({ STAGE, BEACON_REHEARSAL: described })).toThrow("rehearse");
  const BEACON_REHEARSAL = described.replace("true", "false");
  expect(() => beaconSource({ STAGE: "local", BEACON_REHEARSAL })).toThrow();
});
