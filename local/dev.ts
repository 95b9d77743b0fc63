// `npm run dev`: `sst dev`, with the functions on this machine beside a local Redis and PostgreSQL, and the rest in AWS.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { migrate } from "../core/postgres/migrate.ts";
import { missingForDev } from "./dev/missing-for-dev.ts";
import { functionsUrl } from "./functions-url.ts";
import { LocalError } from "./local-error.ts";
import { progress } from "./start/progress.ts";
import { prepareDataFolder } from "./start/prepare-data-folder.ts";
import { ensureDatabase } from "./stores/ensure-database.ts";
import { startPostgres } from "./stores/postgres.ts";
import { startRedis } from "./stores/redis.ts";

const DATA_DIR = join(".local", "dev");
const DATABASE = "flash_sale";

async function dev(): Promise<number> {
  const missing = missingForDev(process.env);
  if (missing) throw new LocalError(missing);
  const folder = prepareDataFolder(DATA_DIR, false);
  const { REDIS_URL: redisUrl, DATABASE_URL: databaseUrl } = process.env;
  const redis = await startRedis({ dataDir: join(folder.path, "redis"), externalUrl: redisUrl });
  try {
    const postgres = await startPostgres({
      dataDir: join(folder.path, "postgres"),
      externalUrl: databaseUrl,
      isDurable: true,
    });
    try {
      const database = databaseUrl ?? (await ensureDatabase(postgres.url, DATABASE));
      await migrate(database, functionsUrl(database));
      progress("Redis and PostgreSQL");
      return await runSst({ REDIS_URL: redis.url, DATABASE_URL: functionsUrl(database) });
    } finally {
      await postgres.stop();
    }
  } finally {
    await redis.stop();
    folder.release();
  }
}

/** Ctrl-C reaches it from the terminal; it ends by itself, and the stores after it. */
function runSst(stores: Readonly<Record<string, string>>): Promise<number> {
  process.on("SIGINT", () => {});
  const child = spawn("npx", ["sst", "dev", ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, ...stores },
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

try {
  process.exit(await dev());
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}
