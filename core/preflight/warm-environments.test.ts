import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createWarmEnvironments } from "./warm-environments.lambda.ts";

/** Lambda's provisioned concurrency over its own protocol, for one alias: no emulator at hand has it. */
let requested: number | undefined;
let writes: string[];
let server: Server;
let client: LambdaClient;

beforeEach(async () => {
  requested = undefined;
  writes = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      if (request.method !== "GET") writes.push(`${request.method} ${request.url}`);
      if (request.method === "DELETE") requested = undefined;
      if (request.method === "PUT")
        requested = (JSON.parse(body) as { ProvisionedConcurrentExecutions: number })
          .ProvisionedConcurrentExecutions;
      const isMissing = request.method === "GET" && requested === undefined;
      response.setHeader("content-type", "application/json");
      if (isMissing) response.setHeader("x-amzn-errortype", "ProvisionedConcurrencyConfigNotFoundException");
      response.statusCode = isMissing ? 404 : request.method === "DELETE" ? 204 : 200;
      response.end(
        request.method === "DELETE"
          ? ""
          : JSON.stringify(
              isMissing
                ? { Message: "none" }
                : {
                    RequestedProvisionedConcurrentExecutions: requested,
                    AvailableProvisionedConcurrentExecutions: 1,
                  },
            ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  client = new LambdaClient({ endpoint, region: "us-east-1", credentials });
});
afterEach(() => {
  client.destroy();
  server.closeAllConnections();
  server.close();
});

test("asks for what is wanted, once, and lets it go", async () => {
  const warm = createWarmEnvironments(client, "Purchase", "live");
  expect(await warm.read()).toEqual({ requested: 0, available: 0 });
  await warm.want(0);
  expect(writes).toEqual([]);
  await warm.want(250);
  await warm.want(250);
  expect(await warm.read()).toEqual({ requested: 250, available: 1 });
  await warm.want(0);
  expect(await warm.read()).toEqual({ requested: 0, available: 0 });
  const path = "/2019-09-30/functions/Purchase/provisioned-concurrency?Qualifier=live";
  expect(writes).toEqual([`PUT ${path}`, `DELETE ${path}`]);
});
