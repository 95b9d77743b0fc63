import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../core/ids.ts";
import { startCdn } from "../../local/cdn/cdn.ts";
import { HttpConnection } from "../http-connection.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import type { Measurement } from "./measurement.ts";
import { waitingLine } from "./waiting-line.ts";

const FEW = 10;
const MANY = 400;
const SECONDS = 10;
/** As the line says: pollAfterMs. */
const POLL_MS = 2_000;

/** Function calls while people wait, ten and then many: the CDN answers all but one in a second. */
export async function benchWaiting(cloud: BenchCloud): Promise<Measurement[]> {
  const { saleId } = await waitingLine(cloud, "drawn");
  const siteDir = mkdtempSync(join(tmpdir(), "flash-sale-bench-"));
  let calls = 0;
  const apiUrl = () => {
    calls++;
    return cloud.apiUrl;
  };
  const cdn = await startCdn({ port: 0, apiUrl, mailUrl: cloud.mailUrl, siteDir });
  try {
    const during = async (people: number) => {
      const before = calls;
      const polls = await waitTogether(cdn.url, saleId, people);
      return { polls, calls: calls - before };
    };
    const few = await during(FEW);
    const many = await during(MANY);
    return [
      {
        budget: `function calls in ${SECONDS} s while ${MANY} people wait / ${FEW}`,
        figure: `${many.calls} for ${many.polls} polls / ${few.calls} for ${few.polls}`,
        goal: `≤ 1 a second`,
        isMet: many.calls <= SECONDS + 1 && many.polls >= (MANY * SECONDS * 1_000) / POLL_MS / 2,
      },
    ];
  } finally {
    await cdn.stop();
    rmSync(siteDir, { recursive: true });
  }
}

/** Lets so many pages follow the line. @returns how often they asked. */
async function waitTogether(siteUrl: string, saleId: SaleId, people: number): Promise<number> {
  const { host } = new URL(siteUrl);
  const request = `GET /api/sale/${saleId}/line HTTP/1.1\r\nhost: ${host}\r\n\r\n`;
  const endsAtMs = performance.now() + SECONDS * 1_000;
  let polls = 0;
  const wait = async (person: number): Promise<void> => {
    const connection = new HttpConnection(siteUrl);
    await sleep((POLL_MS * person) / people);
    while (performance.now() < endsAtMs) {
      const { status } = await connection.send(request);
      if (status !== 200) throw new Error(`the line was answered ${status}`);
      polls++;
      await sleep(POLL_MS);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: people }, (_, person) => wait(person)));
  return polls;
}
