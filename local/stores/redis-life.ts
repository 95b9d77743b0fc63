import { readFileSync, rmSync, statSync, globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Redis } from "ioredis";

/**
 * A Redis that was stopped in good order and starts again with the same files is the same: it has lost nothing. The
 * gates do not know that, since a restarted server has a new `run_id`, so each sale would be rebuilt first.
 *
 * The stop notes the server's id and its files; the start takes the note away, compares the files, and writes the new id
 * into the gates that bear the old one. After a crash there is no note, and files that changed meanwhile do not fit it:
 * then the gates are lost, and recovered, as they are on AWS after every restart.
 */
export type StoppedLife = { readonly runId: string; readonly files: string };

const noteOf = (dataDir: string) => join(dataDir, "stopped.json");

/** What the files of a stopped server are known by: name, size and time of the last write. */
function filesOf(dataDir: string): string {
  const names = globSync("{*.rdb,appendonlydir/*}", { cwd: dataDir }).toSorted();
  return names
    .map((name) => {
      const { size, mtimeMs } = statSync(join(dataDir, name));
      return `${name} ${size} ${mtimeMs}`;
    })
    .join("\n");
}

export async function readRunId(client: Redis): Promise<string> {
  const found = /^run_id:(\w+)/m.exec(await client.info("server"));
  if (!found?.[1]) throw new Error("Redis does not say its run_id.");
  return found[1];
}

/** To be called once the server has ended in good order. */
export function noteStoppedLife(dataDir: string, runId: string): void {
  const note: StoppedLife = { runId, files: filesOf(dataDir) };
  writeFileSync(noteOf(dataDir), JSON.stringify(note));
}

/** The life that ended in good order with these very files, or null. Takes the note away: it is good for one start. */
export function takeStoppedLife(dataDir: string): StoppedLife | null {
  try {
    const note = JSON.parse(readFileSync(noteOf(dataDir), "utf8")) as StoppedLife;
    return note.files === filesOf(dataDir) ? note : null;
  } catch {
    return null;
  } finally {
    rmSync(noteOf(dataDir), { force: true });
  }
}

/** Lets the gates of the stopped life go on in this one; answers how many did. */
export async function continueLife(client: Redis, stopped: StoppedLife): Promise<number> {
  const runId = await readRunId(client);
  let continued = 0;
  for await (const keys of client.scanStream({ match: "{sale_*}:gate", count: 500 }))
    for (const key of keys as string[]) {
      if ((await client.hget(key, "run_id")) !== stopped.runId) continue;
      await client.hset(key, "run_id", runId);
      continued += 1;
    }
  return continued;
}
