import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { LocalError } from "../local-error.ts";
import { spawnTied } from "../spawn-tied.ts";
import { superviseStore } from "./store-process.ts";

/** PostgreSQL refuses to run as root; `nobody` exists everywhere, so no system user is added. */
export const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

export const POSTGRES_MAJOR = "18";
export const POSTGRES_PASSWORD = "local-only";

/** Makes `folder` a PostgreSQL cluster, unless it is one. A cluster of another major version is refused, never touched. */
export async function preparePostgresFolder(folder: string, initdb: string): Promise<void> {
  const versionFile = join(folder, "PG_VERSION");
  if (existsSync(versionFile)) {
    const version = readFileSync(versionFile, "utf8").trim();
    if (version === POSTGRES_MAJOR) return;
    throw new LocalError(
      `The data in ${folder} is of PostgreSQL ${version}, this is ${POSTGRES_MAJOR}: start with --fresh, or with another --data folder.`,
    );
  }
  // A first start that was killed leaves only the unfinished folder behind.
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const passwordFile = `${unfinished}.password`;
  writeFileSync(passwordFile, POSTGRES_PASSWORD, { mode: 0o600 });
  chmodSync(unfinished, 0o700);
  for (const path of unprivileged ? [unfinished, passwordFile] : [])
    chownSync(path, unprivileged?.uid ?? -1, unprivileged?.gid ?? -1);
  const settings = [
    "--username=postgres",
    "--auth=scram-sha-256",
    "--locale=C",
    "--encoding=UTF8",
    "--no-sync",
  ];
  const args = [`--pgdata=${unfinished}`, `--pwfile=${passwordFile}`, ...settings];
  const child = spawnTied(initdb, args, { deathSignal: "SIGTERM", ...(unprivileged && { unprivileged }) });
  const { output } = superviseStore("initdb", child, { stopSignal: "SIGTERM", stopLimitMs: 1000 });
  const [code] = (await once(child, "exit")) as [number | null];
  rmSync(passwordFile, { force: true });
  if (code !== 0)
    throw new LocalError(
      `PostgreSQL could not set up ${folder} (${output().trim()}): choose another --data folder or set DATABASE_URL.`,
    );
  renameSync(unfinished, folder);
}
