import { processorMsOf } from "../capacity/measure/processor-times.ts";
import { purchaseAttempt } from "../crowd/purchase-attempt.ts";
import { HttpConnection } from "../http-connection.ts";
import { localSession } from "../local-session.ts";
import { ownCloud } from "../own-cloud.ts";
import type { BenchAttempts } from "./bench-attempts.ts";

/** An API in a process of its own, asked over one connection, one attempt after the other, as Lambda has them. */
export async function askedApi() {
  // Its orders stay in the queue: a consumer beside it would take its place in the processor's caches.
  const cloud = await ownCloud({ trigger: false });
  const connection = new HttpConnection(cloud.apiUrl);

  async function ask({ saleId, quantity, status }: BenchAttempts, count: number): Promise<number> {
    const requests = Array.from(
      { length: count },
      () => purchaseAttempt(cloud.apiUrl, saleId, localSession(), quantity).request,
    );
    const before = processorMsOf(cloud.apiPids);
    for (const request of requests) {
      const answer = await connection.send(request);
      if (answer.status !== status) throw new Error(`the API answered ${answer.status}, not ${status}`);
    }
    return ((processorMsOf(cloud.apiPids) - before) * 1000) / count;
  }

  return {
    cloud,
    /** Microseconds of the API's processor time for each of so many attempts: gateway, function and clients. */
    ask,
    stop: async () => {
      connection.close();
      await cloud.stop();
    },
  };
}
