import { createSale } from "../create-sale.ts";
import type { LoadCloud } from "../load-cloud.ts";
import { awaitSettledAnywhere } from "../verdict/await-settled-anywhere.ts";
import { type CrowdSize, prepareAttempts } from "./prepare-attempts.ts";
import { sendCrowd } from "./send-crowd.ts";

const UNITS = 1_000;
const BUYERS = 2 * UNITS;

/**
 * Sells another sale first, as a rehearsal does before a launch: processes that have just started are still compiling what they
 * run, and this machine has two cores for all of them.
 */
export async function warmUp(
  cloud: LoadCloud,
  { connections, ...size }: CrowdSize & { readonly connections: number },
): Promise<void> {
  const { apiUrl } = cloud.addresses();
  const saleId = await createSale(apiUrl, { name: "Warm-up", allocated: UNITS });
  const attempts = prepareAttempts(apiUrl, saleId, { ...size, buyers: BUYERS });
  await sendCrowd({ apiUrl, attempts, connections });
  await awaitSettledAnywhere(cloud, saleId);
}
