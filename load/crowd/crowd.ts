// `npm run crowd`: a crowd at one sale, and the verdict by exact counts. Exit code 1 if anything differs.
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";
import { createSale } from "../create-sale.ts";
import { ownCloud } from "../own-cloud.ts";
import { runningCloud } from "../running-cloud.ts";
import { awaitSettledAnywhere } from "../verdict/await-settled-anywhere.ts";
import { formatVerdict } from "../verdict/format-verdict.ts";
import { judge } from "../verdict/verdict.ts";
import { webhookCrowd } from "../webhooks/webhook-crowd.ts";
import { writeClientLog } from "./client-log.ts";
import { paidCrowd } from "./paid/paid-crowd.ts";
import { type CrowdFlags, helpText, parseFlags } from "./parse-flags.ts";
import { prepareAttempts } from "./prepare-attempts.ts";
import { sendCrowd } from "./send-crowd.ts";
import { timingOf } from "./timing.ts";
import { warmUp } from "./warm-up.ts";

/** Answers whether all is equal. */
async function crowd(flags: CrowdFlags): Promise<boolean> {
  if (flags.isPaid) return paidCrowd(flags);
  if (flags.hasWebhooks) return webhookCrowd(flags);
  const cloud = flags.url ? await runningCloud(flags.url, flags.dataDir) : await ownCloud();
  try {
    const { apiUrl } = cloud.addresses();
    progress(`Cloud at ${apiUrl}`);
    if (!flags.url && !flags.isCold) {
      await warmUp(cloud, flags);
      progress("Another sale was sold first (--cold leaves that out)");
    }
    const saleId = flags.saleId ?? (await createSale(apiUrl, { name: "Crowd", allocated: flags.units }));
    const attempts = prepareAttempts(apiUrl, saleId, flags);
    progress(`${flags.buyers} buyers signed in (seed ${flags.seed}), for ${saleId}`);
    const log = await sendCrowd({
      apiUrl: () => cloud.addresses().apiUrl,
      attempts,
      connections: flags.connections,
    });
    const path = writeClientLog(saleId, log);
    progress(`${log.length} answers in ${path}`);
    const facts = await awaitSettledAnywhere(cloud, saleId);
    progress("Queue drained, orders settled\n");
    const violations = judge(facts, log);
    console.log(`${formatTiming(log)}\n\n${formatVerdict(facts, log, violations)}`);
    return violations.length === 0;
  } finally {
    await cloud.stop();
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

function formatTiming(log: Awaited<ReturnType<typeof sendCrowd>>): string {
  const { sellOutMs, p50Ms, p95Ms, p99Ms, requests, requestsPerSecond } = timingOf(log);
  const sellOut = sellOutMs === null ? "nothing accepted" : `${(sellOutMs / 1000).toFixed(2)} s`;
  return [
    `last unit accepted after ${sellOut}`,
    `${requests} requests, ${requestsPerSecond.toFixed(0)} a second`,
    `p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}, p99 ${ms(p99Ms)}`,
  ].join(" · ");
}

try {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.wantsHelp) console.log(helpText);
  process.exit(flags.wantsHelp || (await crowd(flags)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}
