import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { spawnTied } from "../../local/spawn-tied.ts";

/** Starts the bare server in a process of its own. */
export async function startBareServer() {
  const file = fileURLToPath(new URL("./bare-server.ts", import.meta.url));
  const child = spawnTied(process.execPath, [file], {
    deathSignal: "SIGTERM",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const [port] = (await once(child, "message")) as [number];
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
