// Stands in for the Pulumi CLI: runs the program that the sst CLI built, under mocks, and writes what sst expects of it:
// the event log and the state. Every resource with its inputs goes to the file named by SYNTH_OUT.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { startPreviewServer } from "./preview-server.ts";
import { mocks } from "./mocks.ts";
import { type Resource, recordResources } from "./record-resources.ts";

/** What this CLI's version wants to find. */
const PULUMI_VERSION = "v3.215.0";

const words = process.argv.slice(2);
/** Taken at the start: the program moves to the root of the project. */
const workDir = process.cwd();
const option = (name: string) => words[words.indexOf(name) + 1] ?? "";

function stateFile(stack: string): string {
  const [, app = "", stage = ""] = stack.split("/");
  return join(workDir, ".pulumi", "stacks", app, `${stage}.json`);
}

function writeState(stack: string, resources: readonly object[]): void {
  mkdirSync(dirname(stateFile(stack)), { recursive: true });
  const manifest = { time: new Date().toISOString(), magic: "", version: PULUMI_VERSION };
  const state = { version: 3, checkpoint: { stack, latest: { manifest, resources } } };
  writeFileSync(stateFile(stack), JSON.stringify(state));
}

let sequence = 0;
function emit(event: object): void {
  const timestamp = Math.floor(Date.now() / 1000);
  appendFileSync(option("--event-log"), `${JSON.stringify({ sequence: sequence++, timestamp, ...event })}\n`);
}

function emitCreated(resources: readonly Resource[]): void {
  for (const { urn, type, isCustom, inputs } of resources) {
    const made = { type, urn, custom: isCustom, id: "", parent: "", inputs, outputs: inputs, provider: "" };
    const metadata = {
      op: "create",
      urn,
      type,
      old: null,
      new: made,
      logical: true,
      provider: "",
      detailedDiff: null,
    };
    emit({ resOutputsEvent: { planning: true, metadata } });
  }
  const resourceChanges = { create: resources.length };
  emit({ summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges, PolicyPacks: {} } });
}

async function runProgram(stack: string, isPreview: boolean): Promise<boolean> {
  const [, app, stage] = stack.split("/");
  const project = readFileSync(join(workDir, "Pulumi.yaml"), "utf8");
  const program = /main: (.*)/.exec(project)?.[1]?.trim() ?? "";
  const require = createRequire(program);
  const pulumi = require("@pulumi/pulumi");
  await pulumi.runtime.setMocks(mocks, app, stage, isPreview);
  if (isPreview) process.env["SST_SERVER"] = await startPreviewServer(process.env["SST_SERVER"] ?? "");
  const recorder = recordResources(require);
  let failure: unknown;
  try {
    await pulumi.runtime.runInPulumiStack(async () => (await import(pathToFileURL(program).href)).default);
    await recorder.untilDone();
  } catch (error) {
    failure = error;
    console.error(error);
    const message = String((error as Error).stack ?? error);
    emit({ diagnosticEvent: { message, severity: "error", color: "never", prefix: "" } });
  }
  const resources = recorder.resources();
  emitCreated(resources);
  const out = process.env["SYNTH_OUT"];
  if (out) writeFileSync(out, JSON.stringify(resources, null, 1));
  if (!isPreview) writeState(stack, recorder.state());
  return failure === undefined;
}

/** What fails beside the program's own promise, such as a function that can't be bundled. */
for (const kind of ["uncaughtException", "unhandledRejection"] as const)
  process.on(kind, (error: unknown) => {
    console.error(error);
    process.exit(1);
  });

async function main(): Promise<number> {
  const [command = "", detail = ""] = words;
  if (command === "version") console.log(PULUMI_VERSION);
  else if (command === "stack" && detail === "init") writeState(words[2] ?? "", []);
  else if (command === "up" || command === "preview")
    return (await runProgram(option("--stack"), command === "preview")) ? 0 : 1;
  return 0;
}

process.exit(await main());
