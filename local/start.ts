// `npm start`: the whole platform on this machine.
import { DEFAULT_CONCURRENCY } from "./api-gateway/concurrency.ts";
import { startCloud } from "./cloud.ts";
import { externalStoresFromEnvironment } from "./cloud-options.ts";
import { warmConsumers } from "./lambda/warm-functions.ts";
import { LocalError } from "./local-error.ts";
import { OPERATOR_EMAIL } from "./environment.ts";
import { publishAddresses, withdrawAddresses } from "./published-addresses.ts";
import { buildSite, siteDir } from "./start/build-site.ts";
import { helpText, parseFlags } from "./start/parse-flags.ts";
import { prepareDataFolder } from "./start/prepare-data-folder.ts";
import { progress } from "./start/progress.ts";
import { makeLogsReadable } from "./start/readable-logs.ts";
import { seedSales } from "./start/seed-sales.ts";
import { stopRequested } from "./start/stop-requested.ts";

const API_PORT_OFFSET = 1000;

async function start(): Promise<void> {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.wantsHelp) return console.log(helpText);
  if (!flags.hasJsonLogs) makeLogsReadable();
  const folder = prepareDataFolder(flags.dataDir, flags.isFresh);
  try {
    await run(flags, folder.path);
  } finally {
    folder.release();
  }
}

async function run(flags: ReturnType<typeof parseFlags>, dataDir: string): Promise<void> {
  const stopped = stopRequested();
  const external = externalStoresFromEnvironment();
  const building = buildSite().then((isNew) => progress(isNew ? "Site built" : "Site is up to date"));
  // Both are awaited, so that a failed build does not leave a half-started cloud behind.
  const [cloudResult, siteResult] = await Promise.allSettled([
    startCloud({
      dataDir,
      external,
      hasCluster: flags.hasCluster,
      apiWorkers: flags.apiWorkers,
      hasReadableLogs: !flags.hasJsonLogs,
      concurrency: { ...DEFAULT_CONCURRENCY, atOnce: flags.atOnce },
      schedules: "all",
      siteDir,
      host: flags.host,
      sitePort: flags.port,
      apiPort: flags.port + API_PORT_OFFSET,
      onProgress: progress,
    }),
    building,
  ]);
  if (cloudResult.status === "rejected") throw cloudResult.reason;
  const cloud = cloudResult.value;
  try {
    if (siteResult.status === "rejected") throw siteResult.reason;
    const seeding = flags.mustSeed ? seedSales(cloud, dataDir) : Promise.resolve(false);
    const ready = Promise.all([seeding, warmConsumers(cloud.runner)]).then(([isSeeded]) => isSeeded);
    const ended = Promise.race([stopped, cloud.crashed]);
    const seeded = await Promise.race([ready, ended]);
    if (seeded === true) progress("Demonstration sales created");
    if (typeof seeded === "boolean") {
      publishAddresses(dataDir, cloud);
      printAddresses(cloud);
    }
    const reason = await ended;
    if (reason instanceof Error)
      throw new LocalError(`${reason.message} Everything else was stopped too; start again.`);
    console.log("\nStopping …");
  } finally {
    withdrawAddresses(dataDir);
    await cloud.stop().catch((error: unknown) => console.error(error));
  }
}

function printAddresses(cloud: Awaited<ReturnType<typeof startCloud>>): void {
  console.log(`
  Site      ${cloud.siteUrl}
  API       ${cloud.apiUrl}/api/health
  Mailbox   ${cloud.siteUrl}/mailbox/   (sign-in codes arrive here)
  Console   ${cloud.siteUrl}/admin/   (sign in as ${OPERATOR_EMAIL})

Ctrl-C stops it; the data stays.`);
}

try {
  await start();
  process.exit(0);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}
