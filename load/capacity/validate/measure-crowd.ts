import type { OwnCloud } from "../../own-cloud.ts";
import { createSale } from "../../create-sale.ts";
import { prepareAttempts } from "../../crowd/prepare-attempts.ts";
import { sendCrowd } from "../../crowd/send-crowd.ts";
import { timingOf } from "../../crowd/timing.ts";
import { awaitSettled } from "../../verdict/await-settled.ts";
import { judge } from "../../verdict/verdict.ts";
import { CONNECTIONS } from "../measure/local-demands.ts";
import { watchCores } from "../measure/processor-times.ts";

export type CrowdSize = { readonly buyers: number; readonly units: number };

/** What a crowd at the local cloud saw, and how many cores the rest of the machine left to it until it was sold out. */
export type Measured = {
  readonly soldOutMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly coresLeft: number;
};

/** @throws Error if the sale broke a law or did not sell out: its times then say nothing */
export async function measureCrowd(cloud: OwnCloud, { buyers, units }: CrowdSize): Promise<Measured> {
  const { apiUrl } = cloud;
  const saleId = await createSale(apiUrl, { name: "Validation", allocated: units });
  const attempts = prepareAttempts(apiUrl, saleId, { buyers, twice: 0, seed: 1 });
  const cores = watchCores();
  const log = await sendCrowd({ apiUrl, attempts, connections: CONNECTIONS });
  cores.stop();
  const violations = judge(await awaitSettled(cloud, saleId), log);
  const { sellOutMs, p50Ms, p95Ms } = timingOf(log);
  if (violations.length > 0 || sellOutMs === null)
    throw new Error(`the crowd of ${buyers} broke a law: ${JSON.stringify(violations)}`);
  return { soldOutMs: sellOutMs, p50Ms, p95Ms, coresLeft: cores.coresLeft(sellOutMs) };
}
