import { spawn } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as {
  scripts: Record<string, string>;
};
/** The commands of this project, without those that call another program. */
const commands = Object.entries(scripts).flatMap(([name, line]) => (line.startsWith("node ") ? [name] : []));

async function run(args: readonly string[]): Promise<{ output: string; status: number | null }> {
  const child = spawn(process.execPath, ["local/bootstrap.mjs", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { output, status };
}

test.each(commands)(
  "npm run %s -- --help says what the command does, and does nothing else",
  async (name) => {
    const { output, status } = await run([name, "--help"]);
    expect(output).toMatch(new RegExp(`^npm (?:run )?${name}\\b`));
    expect(status).toBe(0);
  },
);

test("a command that does not exist is refused with those that do", async () => {
  const { output, status } = await run(["sell"]);
  expect(output).toMatch(/There is no command "sell": use one of start, test/);
  expect(status).toBe(1);
});

test("the containers' commands name the compose file that is there", () => {
  for (const name of ["docker:up", "docker:down"]) {
    const file = / -f (\S+)/.exec(scripts[name] ?? "")?.[1];
    expect(existsSync(`${root}/${file}`)).toBe(true);
  }
});

test("every command that the documents name exists", () => {
  const documents = globSync(["*.md", "docs/*.md", ".github/*.md"], { cwd: root });
  const named = documents.flatMap((document) =>
    [...readFileSync(`${root}/${document}`, "utf8").matchAll(/npm run ([a-z][\w:-]*)/g)].map(
      ([, name]) => name!,
    ),
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
