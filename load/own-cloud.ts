import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Cloud } from "../local/cloud.ts";
import type { CloudOptions } from "../local/cloud-options.ts";
import { spawnTied } from "../local/spawn-tied.ts";
import type { LoadAddresses, LoadCloud } from "./load-cloud.ts";

const hook = new URL("../local/lua-hook.mjs", import.meta.url).href;
const server = fileURLToPath(new URL("./own-cloud-server.ts", import.meta.url));

/** As this command was called: a cloud in this process puts its own stores' addresses among the variables. */
const environment = { ...process.env };

/** One whose addresses stay what they are. */
export type OwnCloud = LoadCloud & OwnAddresses;

/** What the cloud's process tells of itself; `apiPids`: of the processes that serve the API, if they are not that one. */
export type OwnAddresses = LoadAddresses & Pick<Cloud, "apiPids">;

/** What a load run may have otherwise than `npm start`; the API has one process of its own unless said otherwise, as there. */
export type OwnCloudOptions = Pick<
  CloudOptions,
  "apiWorkers" | "concurrency" | "schedules" | "environment" | "trigger"
>;

/** Starts a local cloud with data of its own in another process, so that the client's work does not hold up the API's. */
export async function ownCloud(options: OwnCloudOptions = {}): Promise<OwnCloud> {
  const child = spawnTied(
    process.execPath,
    ["--import", hook, server, JSON.stringify({ apiWorkers: 1, ...options })],
    {
      deathSignal: "SIGTERM",
      env: environment,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const exited = once(child, "exit");
  const started = once(child, "message").then(([addresses]) => addresses as OwnAddresses);
  const failed = exited.then(([code]) => {
    throw new Error(`the cloud's process ended (exit code ${code})`);
  });
  const addresses = await Promise.race([started, failed]);
  failed.catch(() => {}); // the requests tell it from here on
  return {
    ...addresses,
    addresses: () => addresses,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
