// Checks the types of sst.config.ts and stacks/ against SST's own sources, which it has SST extract first. Those sources have
// errors of their own under our stricter settings; they are left out.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPlatform, root } from "./sst.ts";

await installPlatform();
// SST writes it at the first deploy, and refers to it before.
const generated = join(root, ".sst", "types.generated.d.ts");
if (!existsSync(generated)) writeFileSync(generated, "");

const tsc = join(root, "node_modules", ".bin", "tsc");
const { stdout, status } = spawnSync(tsc, ["-p", "stacks", "--pretty", "false"], {
  cwd: root,
  encoding: "utf8",
});
const isOurs = (line: string) => /^(stacks|core|sst\.config)/.test(line);
const lines = stdout.split("\n");
const ours = lines.filter((line, index) => {
  // An error's further lines are indented below its first.
  const first = lines.slice(0, index + 1).findLast((earlier) => !earlier.startsWith(" "));
  return first !== undefined && isOurs(first);
});
if (status !== 0 && !lines.some((line) => line.startsWith(".sst/") || isOurs(line))) {
  console.error(stdout || "tsc did not run");
  process.exit(1);
}
if (ours.length > 0) {
  console.error(ours.join("\n"));
  process.exit(1);
}
