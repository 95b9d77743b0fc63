import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { inflate } from "@sparticuz/chromium";
import { type Browser, type LaunchOptions, chromium } from "playwright-core";

const packageDir = resolve(createRequire(import.meta.url).resolve("@sparticuz/chromium"), "../..");
const keepDir = resolve(".local/chromium");

/** What the package brings: the browser, fonts, and the libraries (NSS, expat) that a bare machine lacks. */
const archives = ["chromium.br", "fonts.tar.br", "al2023.tar.br"];

/** Not the package's own flags: those switch off web security and run all in one process, as Lambda needs. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-background-networking",
  "--font-render-hinting=none",
];

/** Launches the Chromium that comes with npm; where it is not built for the machine, the Chrome that is installed. */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64")
    return chromium.launch({ channel: "chrome", args: [...flags] });
  return chromium.launch({ ...(await unpackedChromium()), args: [...chromiumFlags, ...flags] });
}

/** Unpacks the browser once per version (some seconds). Two that unpack at once end with one whole folder. */
export async function unpackedChromium(): Promise<Required<Pick<LaunchOptions, "executablePath" | "env">>> {
  const manifest = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as { version: string };
  const dir = join(keepDir, manifest.version);
  if (!existsSync(dir)) await unpack(dir);
  const env = { LD_LIBRARY_PATH: join(dir, "al2023", "lib"), FONTCONFIG_FILE: join(dir, "fonts.conf") };
  return { executablePath: join(dir, "chromium"), env: { ...definedEnvironment(), ...env } };
}

async function unpack(dir: string): Promise<void> {
  mkdirSync(keepDir, { recursive: true });
  const work = mkdtempSync(join(keepDir, "unpacking-"));
  const before = process.env["TMPDIR"];
  // The package unpacks into the system's temporary folder and trusts whatever lies there; this one is ours alone.
  process.env["TMPDIR"] = work;
  try {
    await Promise.all(archives.map((name) => inflate(join(packageDir, "bin", name))));
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  const fonts = `<dir>${join(dir, "fonts")}</dir><cachedir>${join(dir, "fonts-cache")}</cachedir>`;
  writeFileSync(join(work, "fonts.conf"), `<?xml version="1.0"?><fontconfig>${fonts}</fontconfig>`);
  try {
    renameSync(work, dir);
  } catch (error) {
    rmSync(work, { recursive: true, force: true });
    if (!existsSync(dir)) throw error;
  }
}

const definedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
