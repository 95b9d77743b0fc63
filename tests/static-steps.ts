import type { Step } from "./run-steps.ts";

export const staticSteps: readonly Step[] = [
  {
    name: "format",
    command: ["prettier", "--check", "--log-level=warn", "."],
    remedy: "npx prettier --write .",
  },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "unused code", command: ["knip", "--no-progress"] },
];
