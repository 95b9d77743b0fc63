import { dirname, join, normalize } from "node:path/posix";

const TOPS = "core|functions|web|local|load|ops|postman-collection|stacks|tests|docs|\\.github|\\.ci";
/** A path from the root, whole or its beginning (`docs/decisions/0016`, `core/gate/`). */
const FROM_ROOT = new RegExp(`(?<![\\w./@-])(?:${TOPS})/[\\w./-]*[\\w/]`, "g");
/** A file by its name alone. */
const BY_NAME = /(?<![\w./@*-])[a-z][\w.-]*\.(?:ts|mts|mjs|lua|astro|md|yml)\b(?![\w/-])/g;
const MARKDOWN_LINK = /\]\(([^)#:\s]+)(?:#[^)]*)?\)/g;

/** Named in docs, but no files of ours: shapes of names, files of others, and what a command writes. */
const notOurs = [
  "x.ts",
  "x.redis.ts",
  "x.dynamo.ts",
  "x.postgres.ts",
  "x.sqs.ts",
  "x.test.ts",
  "x.int.test.ts",
];
/** SST's own, written at its first deploy; and its component of a function, where an error is explained. */
const others = ["sst-env.d.ts", "types.generated.d.ts", "function.ts", "web/dist", "web/.astro"];

const isIgnored = (name: string) => [...notOurs, ...others].includes(name.replace(/\/$/, ""));

/** What a comment of a source says; of a text, all of it. */
export function wordsOf(path: string, source: string): string {
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? "";
  switch (extension) {
    case "md":
      return source;
    case "lua":
      return (source.match(/--.*$/gm) ?? []).join("\n");
    case "yml":
      return (source.match(/(?<=^|\s)#.*$/gm) ?? []).join("\n");
    case "ts":
    case "mts":
    case "mjs":
    case "astro":
    case "css":
      return (source.match(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm) ?? []).join("\n");
    default:
      return "";
  }
}

/** The files that a comment or text names and that there are none of. */
export function missingFiles(path: string, source: string, files: readonly string[]): string[] {
  const words = wordsOf(path, source);
  const isFile = (name: string) =>
    files.some((file) => file === name || file.startsWith(name.endsWith("/") ? name : `${name}/`));
  const beginsFile = (name: string) =>
    isFile(name) || files.some((file) => new RegExp(`^${name}[-.]`).test(file));
  const isNamed = (name: string) => files.some((file) => file.endsWith(`/${name}`) || file === name);

  const fromRoot = (words.match(FROM_ROOT) ?? []).map((name) => name.replace(/\.$/, ""));
  const byName = words.match(BY_NAME) ?? [];
  const links = path.endsWith(".md")
    ? [...source.matchAll(MARKDOWN_LINK)].map(([, link = ""]) => normalize(join(dirname(path), link)))
    : [];
  return [
    ...fromRoot.filter((name) => !beginsFile(name)),
    ...byName.filter((name) => !isNamed(name)),
    ...links.filter((name) => !isFile(name.replace(/\/$/, ""))),
  ]
    .filter((name) => !isIgnored(name))
    .map((name) => `${path} names ${name}`);
}
