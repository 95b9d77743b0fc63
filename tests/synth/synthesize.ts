import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFakeAws } from "./fake-aws.ts";
import type { Resource } from "./record-resources.ts";
import { installPlatform, root, runSst } from "./sst.ts";

export const stages = ["production", "preview", "dev"] as const;
export type Stage = (typeof stages)[number];

const folder = join(root, ".sst", "synth");
const fileOf = (stage: Stage) => join(folder, `${stage}.json`);
/** The bundles that the deploy of production made, as they would be uploaded. */
export const bundles = join(folder, "bundles");
/** The types of the links, as the deploy wrote them. */
export const linkTypes = join(folder, "sst-env.d.ts");

/** Everything that goes into a deploy: one changed byte, and it is done anew. */
function hashSources(): string {
  const patterns = [
    "sst.config.ts",
    "{stacks,functions,core,ops/operations,tests/synth}/**/*",
    "web/{src,texts,public}/**/*",
    "package-lock.json",
  ];
  const exclude = ["**/*.test.ts", "**/node_modules/**", "core/contract/**/*.md"];
  const hash = createHash("sha256");
  for (const path of globSync(patterns, { cwd: root, exclude }).toSorted()) {
    const isFile = /\.[a-z]+$/.test(path);
    if (isFile) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

/** A home folder in which the CLI finds our Pulumi. */
function prepareHome(): string {
  const home = mkdtempSync(join(tmpdir(), "flash-sale-sst-"));
  const bin = join(home, ".config", "sst", "bin");
  mkdirSync(bin, { recursive: true });
  const script = join(root, "tests", "synth", "fake-pulumi.ts");
  writeFileSync(join(bin, "pulumi"), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  chmodSync(join(bin, "pulumi"), 0o755);
  return home;
}

/**
 * Deploys production with the real `sst` CLI, its real components and its real bundler; only AWS and Pulumi's engine are
 * stood in for. The other stages are seen through `sst diff`, without bundles. Quick when nothing has changed.
 */
export async function synthesize(): Promise<void> {
  const stampFile = join(folder, "sources.sha256");
  const hash = hashSources();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === hash) return;
  await installPlatform();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const home = prepareHome();
  const aws = await startFakeAws();
  const environment = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: "mock",
    AWS_SECRET_ACCESS_KEY: "mock",
    AWS_REGION: "us-east-1",
  };
  const committedTypes = readFileSync(join(root, "sst-env.d.ts"), "utf8");
  try {
    const local = {
      REDIS_URL: "redis://127.0.0.1:6379",
      DATABASE_URL: "postgres://a:b@127.0.0.1:5432/flash_sale",
    };
    await runSst(["diff", "--dev", "--stage", "dev"], { ...environment, ...local, SYNTH_OUT: fileOf("dev") });
    await runSst(["diff", "--stage", "preview"], { ...environment, SYNTH_OUT: fileOf("preview") });
    rmSync(join(root, ".sst", "artifacts"), { recursive: true, force: true });
    await runSst(["deploy", "--stage", "production"], { ...environment, SYNTH_OUT: fileOf("production") });
    cpSync(join(root, ".sst", "artifacts"), bundles, { recursive: true });
    cpSync(join(root, "sst-env.d.ts"), linkTypes);
    writeFileSync(stampFile, hash);
  } finally {
    writeFileSync(join(root, "sst-env.d.ts"), committedTypes);
    // SST writes a copy beside every package.json.
    for (const path of globSync("load/**/sst-env.d.ts", { cwd: root })) rmSync(join(root, path));
    await aws.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

export const readStage = (stage: Stage): readonly Resource[] =>
  JSON.parse(readFileSync(fileOf(stage), "utf8")) as Resource[];
