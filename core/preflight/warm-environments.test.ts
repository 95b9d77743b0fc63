import { LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, expect, test } from "vitest";
import { startProvisionedConcurrency } from "../../local/lambda/provisioned-concurrency.ts";
import { createWarmEnvironments } from "./warm-environments.lambda.ts";

const lambda = await startProvisionedConcurrency();
const credentials = { accessKeyId: "local", secretAccessKey: "local" };
const client = new LambdaClient({ endpoint: lambda.url, region: "us-east-1", credentials });
afterAll(async () => {
  client.destroy();
  await lambda.stop();
});

test("asks for what is wanted, once, and lets it go", async () => {
  const warm = createWarmEnvironments(client, "Purchase", "live");
  expect(await warm.read()).toEqual({ requested: 0, available: 0 });
  await warm.request(0);
  expect(lambda.changes).toEqual([]);
  await warm.request(250);
  await warm.request(250);
  expect(await warm.read()).toEqual({ requested: 250, available: 250 });
  await warm.request(0);
  expect(await warm.read()).toEqual({ requested: 0, available: 0 });
  expect(lambda.changes).toEqual(["Purchase:live 250", "Purchase:live 0"]);
});

test("a number that Lambda does not take is an error, not silence", async () => {
  const warm = createWarmEnvironments(client, "Purchase", "live");
  await expect(warm.request(0.5)).rejects.toThrow(/InvalidParameterValue/);
});
