// Lints the OpenAPI document by Redocly's recommended rules; its warnings count as errors.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { openApiDocument } from "../../core/contract/openapi.ts";

const FILE = ".local/openapi.json";

mkdirSync(".local", { recursive: true });
writeFileSync(FILE, JSON.stringify(openApiDocument(), null, 2));
const { status, error } = spawnSync(
  "redocly",
  ["lint", FILE, "--extends=recommended-strict", "--format=stylish"],
  {
    stdio: "inherit",
    timeout: 60_000,
    // Otherwise it looks for newer versions of itself, and tells that it ran.
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", REDOCLY_TELEMETRY: "off" },
  },
);
if (error) console.error(`redocly could not be run: ${error.message}`);
process.exit(status ?? 1);
