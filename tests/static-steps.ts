import type { Step } from "./run-steps.ts";

export const staticSteps: readonly Step[] = [
  {
    name: "format",
    command: ["prettier", "--check", "--log-level=warn", "."],
    remedy: "npx prettier --write .",
  },
  // The types that the stacks need are extracted by a step of their own.
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
  { name: "unused code", command: ["knip", "--no-progress"] },
];
