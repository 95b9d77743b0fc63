import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, test } from "vitest";
import { awsClientSettings } from "../../core/aws/sdk-settings.ts";
import type { Rehearsal, RehearsalMode } from "../../core/contract/rehearsal.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";

/** Two minutes lie between a line's closing and its opening: run it by name. */
const siteDir = mkdtempSync(join(tmpdir(), "flash-sale-rehearsal-"));
const cloud = await testCloud({ siteDir, schedules: ["guardian", "beacon"] });
const dynamo = new DynamoDBClient(awsClientSettings(cloud.dynamoEndpoint));
afterAll(() => {
  dynamo.destroy();
  rmSync(siteDir, { recursive: true });
});
const { call } = testApi(cloud.apiUrl);
const operator = tokenOf(aBuyer(), "operator");

const rehearsalOf = async (id: string) => {
  const { body } = await call("GET /api/admin/rehearsals", { token: operator });
  return (body as unknown as { rehearsals: Rehearsal[] }).rehearsals.find(
    ({ rehearsalId }) => rehearsalId === id,
  );
};

test.concurrent.for<[RehearsalMode, Rehearsal["fault"]]>([
  ["waiting_room", "redis_loss"],
  ["draw", "answers_lost"],
])(
  "a launch with a %s is rehearsed while %s, judged by exact counts, and leaves nothing",
  { timeout: 480_000 },
  async ([mode, fault], { expect }) => {
    const started = await call("POST /api/admin/rehearsals", {
      token: operator,
      key: crypto.randomUUID(),
      body: { buyers: 30, units: 10, fault, mode },
    });
    expect(started).toMatchObject({ status: 202, body: { state: "waiting", mode } });
    const { rehearsalId, saleId } = started.body as unknown as Rehearsal;
    await expect
      .poll(async () => (await rehearsalOf(rehearsalId))?.state, { timeout: 400_000, interval: 1_000 })
      .toBe("done");
    const { verdict } = (await rehearsalOf(rehearsalId))!;
    expect(verdict!.laws.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdict).toMatchObject({ isGo: true, notJudged: null, answers: { accepted: 10 } });
    for (const law of [
      "people who joined = entries of the line",
      "orders that people were told of = orders made in a turn",
    ])
      expect(verdict!.laws.map((verdictLine) => verdictLine.law)).toContain(law);
    for (const TableName of [cloud.lineTable, cloud.ledgerTable]) {
      const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
      expect(Items.filter((item) => JSON.stringify(item).includes(saleId!))).toEqual([]);
    }
  },
);
