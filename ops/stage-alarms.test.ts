import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { readAlarms } from "./stage-alarms.ts";

const COUNT = 103;
type Asked = { readonly AlarmNamePrefix: string; readonly MaxRecords: number; readonly NextToken?: string };

/** CloudWatch's DescribeAlarms over its own protocol, a hundred at a time: the last alarm is not armed. */
async function startCloudWatch() {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const { AlarmNamePrefix, MaxRecords, NextToken } = JSON.parse(body) as Asked;
      const from = Number(NextToken ?? 0);
      const to = Math.min(from + MaxRecords, COUNT);
      const MetricAlarms = Array.from({ length: to - from }, (_, index) => ({
        AlarmName: `${AlarmNamePrefix}${from + index}`,
        StateValue: "OK",
        ActionsEnabled: from + index !== COUNT - 1,
        AlarmActions: ["topic"],
      }));
      response.setHeader("content-type", "application/x-amz-json-1.0");
      response.end(JSON.stringify({ MetricAlarms, ...(to < COUNT && { NextToken: String(to) }) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new CloudWatchClient({ endpoint, region: "us-east-1", credentials });
  const stop = () => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  };
  return { client, stop };
}

test("all alarms of a stage are read, also beyond the hundred that CloudWatch answers at once", async () => {
  const { client, stop } = await startCloudWatch();
  try {
    const alarms = await readAlarms(client, "flash-sale-production");
    expect(alarms).toHaveLength(COUNT);
    expect(alarms[0]).toEqual({ name: "flash-sale-production-0", state: "OK", isArmed: true });
    expect(alarms.filter(({ isArmed }) => !isArmed).map(({ name }) => name)).toEqual([
      "flash-sale-production-102",
    ]);
  } finally {
    stop();
  }
});
