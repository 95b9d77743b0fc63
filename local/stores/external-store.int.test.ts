import { createServer } from "node:net";
import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { startDynamo } from "./dynamo.ts";
import { startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";
import { startSqs } from "./sqs.ts";

const stores = await testStores();

const starts = {
  REDIS_URL: (externalUrl: string) => startRedis({ dataDir: "unused", externalUrl }),
  DATABASE_URL: (externalUrl: string) => startPostgres({ dataDir: "unused", externalUrl, isDurable: false }),
  SQS_ENDPOINT: (externalUrl: string) => startSqs({ dataDir: null, externalUrl }),
  DYNAMODB_ENDPOINT: (externalUrl: string) => startDynamo({ dataDir: null, externalUrl }),
};
type Variable = keyof typeof starts;
const protocols: Record<Variable, string> = {
  REDIS_URL: "redis:",
  DATABASE_URL: "postgres:",
  SQS_ENDPOINT: "http:",
  DYNAMODB_ENDPOINT: "http:",
};
const variables = Object.keys(starts) as Variable[];

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test.each(variables)(
  "%s without a store behind it stops the start, by name and without a secret",
  async (variable) => {
    const url = `${protocols[variable]}//user:secret@127.0.0.1:${await deadPort()}/x`;
    const error = await starts[variable](url).then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error?.name).toBe("LocalError");
    expect(error?.message).toContain(`correct ${variable}`);
    expect(error?.message).not.toContain("secret");
  },
);

test.each(variables)("%s that is no address stops the start", async (variable) => {
  await expect(starts[variable]("nonsense")).rejects.toThrow(`${variable} is not an address`);
});

test("stores that answer are used", async () => {
  const { redisUrl, databaseUrl, sqsEndpoint, dynamoEndpoint } = stores;
  expect((await starts.REDIS_URL(redisUrl)).url).toBe(redisUrl);
  expect((await starts.DATABASE_URL(databaseUrl)).url).toBe(databaseUrl);
  expect((await starts.SQS_ENDPOINT(sqsEndpoint)).url).toBe(sqsEndpoint);
  expect((await starts.DYNAMODB_ENDPOINT(dynamoEndpoint)).url).toBe(dynamoEndpoint);
});
