import type { Step } from "./run-steps.ts";

export const productSteps: readonly Step[] = [
  {
    name: "format",
    command: ["prettier", "--check", "--log-level=warn", "."],
    remedy: "npx prettier --write .",
  },
  {
    name: "lint",
    command: [
      "oxlint",
      "--type-aware",
      "--deny-warnings",
      "--ignore-pattern=stacks",
      "--ignore-pattern=sst.config.ts",
    ],
  },
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "types of the site", command: ["tsc", "--noEmit", "-p", "web"] },
  { name: "OpenAPI document", command: [process.execPath, "tests/tools/lint-openapi.ts"] },
  { name: "unused code", command: ["knip", "--no-progress"] },
];

/** The first of them has SST extract its types, which takes half a minute on a fresh clone and little of the processor. */
export const stackSteps: readonly Step[] = [
  { name: "types of the stacks", command: [process.execPath, "tests/synth/check-types.ts"] },
  {
    name: "lint of the stacks",
    command: [
      "oxlint",
      "-c",
      "stacks/.oxlintrc.json",
      "--type-aware",
      "--deny-warnings",
      "stacks",
      "sst.config.ts",
    ],
  },
];
