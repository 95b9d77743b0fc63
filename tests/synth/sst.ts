import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const platform = join(root, ".sst", "platform");
const cli = join(root, "node_modules", ".bin", "sst");

/** The CLI as it runs where only the npm registry can be reached: no Pulumi, no Bun, no telemetry. */
export const offline = {
  SST_SKIP_DEPENDENCY_CHECK: "1",
  SST_NO_BUN: "1",
  SST_TELEMETRY_DISABLED: "1",
  NO_COLOR: "1",
} as const;

/** What stacks/stage.ts asks of the one who deploys. */
export const settings = {
  MAIL_FROM: "sale@shop.example.com",
  ALARM_EMAIL: "duty@shop.example.com",
  ALARM_PAGER: "https://events.pager.example.com/flash-sale",
  ACCOUNT_CONCURRENCY: "1000",
  SHOP_IMPRINT_URL: "https://shop.example.com/imprint",
  SHOP_PRIVACY_URL: "https://shop.example.com/privacy",
  SHOP_TERMS_URL: "https://shop.example.com/terms",
  STAFF: "operator=operator@shop.example.com",
} as const;

/** Runs the CLI, and answers what it printed. @throws Error with all of that, if it failed. */
export async function runSst(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(cli, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      // Its programs run on the Node that runs this.
      PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
      ...offline,
      ...settings,
      ...environment,
    },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`sst ${args.join(" ")} failed (${code}):\n${printed}`);
  return printed;
}

const version = (file: string) => (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;

/** Providers that sst.config.ts names, as text: `"7.48.0"` of `version: "7.48.0"`. */
function isInstalled(): boolean {
  const lockFile = join(root, ".sst", "provider-lock.json");
  const versionFile = join(platform, "version");
  if (!existsSync(lockFile) || !existsSync(versionFile)) return false;
  if (readFileSync(versionFile, "utf8").trim() !== version(join(root, "node_modules", "sst", "package.json")))
    return false;
  const config = readFileSync(join(root, "sst.config.ts"), "utf8");
  const locked = JSON.parse(readFileSync(lockFile, "utf8")) as { package: string; version: string }[];
  return locked.every((provider) => {
    const manifest = join(platform, "node_modules", provider.package, "package.json");
    return config.includes(`"${provider.version}"`) && existsSync(manifest);
  });
}

/** Has SST extract its components and install its providers under .sst/, unless they are there. */
export async function installPlatform(): Promise<void> {
  if (!isInstalled()) await runSst(["install", "--stage", "synth"]);
}
