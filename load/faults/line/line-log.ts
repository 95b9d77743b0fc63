import type { SaleId } from "../../../core/ids.ts";
import { createLineLogs } from "../../../core/line/line-log.dynamo.ts";
import type { LineState } from "../../../core/line/line-state.ts";
import { type LogLine, parseLine } from "../../../core/line/log-line.ts";
import { localTables } from "../../../local/aws-clients.ts";
import type { FaultCloud } from "../fault-cloud.ts";

/** Reads a line's log where it lies. @throws LogBroken when it breaks a law. */
export async function readLine(cloud: FaultCloud, saleId: SaleId): Promise<LineState> {
  return withLogs(cloud, (logs) => logs.read(saleId));
}

export async function readLogLines(cloud: FaultCloud, saleId: SaleId): Promise<LogLine[]> {
  const texts = await withLogs(cloud, (logs) => logs.texts(saleId, 0));
  return texts.map(parseLine);
}

async function withLogs<T>(
  cloud: FaultCloud,
  read: (logs: ReturnType<typeof createLineLogs>) => Promise<T>,
): Promise<T> {
  const dynamo = localTables(cloud.stores().dynamoEndpoint);
  try {
    return await read(createLineLogs(dynamo, cloud.lineTable));
  } finally {
    dynamo.close();
  }
}
