import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readShop } from "../../core/contract/shop.ts";
import { LocalError } from "../local-error.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const webDir = join(root, "web");
const stampFile = join(root, ".local", "site.sha256");

export const siteDir = join(webDir, "dist");

/** Builds the site unless it is built from these very sources; answers whether it had to. */
export async function buildSite(): Promise<boolean> {
  const hash = hashSources();
  const isBuilt = existsSync(join(siteDir, "index.html"));
  if (isBuilt && existsSync(stampFile) && readFileSync(stampFile, "utf8") === hash) return false;
  process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
  const { build } = await import("astro");
  try {
    await build({ root: webDir, logLevel: "error" });
  } catch (error) {
    throw new LocalError(`The site could not be built: ${(error as Error).message}`, { cause: error });
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, hash);
  return true;
}

/** What the site is made of: its own sources, the contract that it imports, what it publishes, and the installed packages. */
function hashSources(): string {
  const patterns = [
    "web/**/*",
    "core/contract/**/*",
    "core/ids.ts",
    "docs/fairness.md",
    "verify-fairness.mjs",
    "package-lock.json",
  ];
  const exclude = ["web/dist/**", "web/.astro/**", "web/node_modules/**"];
  const hash = createHash("sha256").update(JSON.stringify(readShop(process.env)));
  for (const path of globSync(patterns, { cwd: root, exclude }).toSorted()) {
    const file = join(root, path);
    if (statSync(file).isFile()) hash.update(`${path}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}
