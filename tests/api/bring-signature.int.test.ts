import { expect, test } from "vitest";
import { createBeaconRecords } from "../../core/beacon/beacon.dynamo.ts";
import { recordedRounds } from "../../core/beacon/recorded-rounds.fixture.ts";
import { roundNotBefore } from "../../core/beacon/rounds.ts";
import { schedules } from "../../core/topology.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi } from "../support/test-api.ts";
import { testTables } from "../support/test-aws.ts";

const cloud = await testCloud();
const { beacon } = cloud;
const { call } = testApi(cloud.apiUrl);
const records = createBeaconRecords(testTables(cloud.dynamoEndpoint), cloud.ledgerTable, beacon.chain.hash);
const bring = (round: number | string, signature: string) =>
  call(`POST /api/beacon/rounds/${round}`, { body: { signature } });

test("a signature that a sale waits for is kept, whoever brings it", async () => {
  const round = roundNotBefore(beacon.chain, Date.now() + 3_600_000);
  const signature = beacon.sign(round);
  expect(await bring(round, signature)).toMatchObject({ status: 404, body: { kind: "not_found" } });
  await records.need(round);
  expect(await bring(round, signature)).toMatchObject({ status: 200, body: { round, signature } });
  expect(await records.signature(round)).toBe(signature);
});

test("one that does not verify is refused by name, also a true one of the public chain", async () => {
  const { round, signature } = recordedRounds[0];
  await records.need(round);
  const answer = await bring(round, signature);
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: "signature" }] } });
  expect(answer.text).toContain(beacon.chain.hash);
  expect(await records.signature(round)).toBeNull();
});

test.each(["0", "1e3", "latest", "-1", "1000000000000"])("round %s is no round", async (round) => {
  const answer = await bring(round, "ab".repeat(48));
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: "round" }] } });
});

test("the schedule fetches a needed round from the relay", async () => {
  const round = roundNotBefore(beacon.chain, Date.now());
  await records.need(round);
  await cloud.runner.invoke(schedules.beacon, { runSeconds: 6 });
  expect(await records.signature(round)).toBe(beacon.sign(round));
});
