import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnTied } from "../../local/spawn-tied.ts";

const program = fileURLToPath(new URL("../../docs/webhook-receiver/receiver.mjs", import.meta.url));

/** An event that the receiver has taken, as it wrote it down. */
export type TakenEvent = {
  readonly id: string;
  readonly event: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
};
export type ReceiverCounts = Readonly<
  Record<"calls" | "taken" | "again" | "late" | "forged" | "failedBefore" | "failedAfter", number>
>;
export type Receiver = {
  readonly taken: () => TakenEvent[];
  /** Ends its process; what is answered starts another, which knows what the first has taken. */
  down(): Promise<() => Promise<void>>;
  /** Ends it; answers what it has counted. */
  stop(): Promise<ReceiverCounts>;
};

/** The sample receiver of docs/, in a process of its own that knows nothing of this repository. */
export async function startReceiver(options: {
  readonly port: number;
  readonly secrets: readonly string[];
  readonly failShare: number;
}): Promise<Receiver> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-receiver-"));
  const file = join(folder, "events.jsonl");
  const start = async () => startProcess({ ...options, file });
  let running = await start();
  const taken = () => {
    try {
      return readFileSync(file, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as TakenEvent);
    } catch {
      return [];
    }
  };
  return {
    taken,
    async down() {
      await running.stop();
      return async () => void (running = await start());
    },
    async stop() {
      const counts = await running.stop();
      rmSync(folder, { recursive: true, force: true });
      return counts;
    },
  };
}

async function startProcess(options: {
  readonly port: number;
  readonly secrets: readonly string[];
  readonly failShare: number;
  readonly file: string;
}) {
  const child = spawnTied(process.execPath, [program], {
    deathSignal: "SIGTERM",
    env: {
      PATH: process.env["PATH"],
      PORT: String(options.port),
      WEBHOOK_SECRETS: options.secrets.join(" "),
      EVENTS_FILE: options.file,
      FAIL_SHARE: String(options.failShare),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (said += text));
  const closed = once(child, "close");
  await Promise.race([
    once(child.stdout!, "data"),
    closed.then(([code]) => Promise.reject(new Error(`the receiver ended (exit code ${String(code)})`))),
  ]);
  return {
    async stop(): Promise<ReceiverCounts> {
      child.kill("SIGTERM");
      await closed;
      return JSON.parse(said.trim().split("\n").at(-1) ?? "{}") as ReceiverCounts;
    },
  };
}
