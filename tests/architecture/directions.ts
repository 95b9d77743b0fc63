import type { Import } from "./source-files.ts";

/**
 * What each part may import, beside itself. The longest prefix of a file's path counts. A part that is not listed may
 * import anything; nobody imports tests.
 */
const directions: Readonly<Record<string, readonly string[]>> = {
  core: [],
  // Types and tables alone, so that a page loads no more than it needs.
  "core/contract": ["core/ids.ts"],
  functions: ["core", "web/texts"],
  // One set of commands, on this machine and in a stage.
  "functions/operations": ["core", "ops/operations"],
  web: ["core/contract"],
  // They are named after states of the site's features: types alone, see `codeBehindTexts`.
  "web/texts": ["core/contract", "web/src/features"],
  // Handlers are named by path: a stack loads none of the product's clients.
  stacks: [
    "core/topology.ts",
    "core/metrics.ts",
    "core/contract",
    // Tables of sizes, which the preflight judges by too.
    "core/preflight/gate-sizes.ts",
    "core/preflight/ledger-warmth.ts",
    // What the firewall lets through, which a rehearsal's crowd keeps to.
    "core/firewall-limits.ts",
    // The public half of a key that a deploy makes.
    "core/push/vapid.ts",
    "core/webhooks/sealed.ts",
  ],
  ops: ["core", "local"],
  "ops/operations": ["core"],
  local: ["core"],
  "postman-collection": ["core/contract"],
};

const isIn = (path: string, part: string) => path === part || path.startsWith(`${part}/`);

/** The imports that go against the directions, as `from → to`. */
export const wrongWays = (imports: readonly Import[]): string[] =>
  imports
    .filter(({ from, to }) => {
      const part = Object.keys(directions)
        .filter((name) => isIn(from, name))
        .toSorted((a, b) => b.length - a.length)[0];
      return part !== undefined && ![part, ...(directions[part] ?? [])].some((other) => isIn(to, other));
    })
    .map(({ from, to }) => `${from} → ${to}`);

/** The imports by which functions, which read the texts, would load code of the site. */
export const codeBehindTexts = (imports: readonly Import[]): string[] =>
  imports
    .filter(({ from, to, isType }) => isIn(from, "web/texts") && !isIn(to, "web/texts") && !isType)
    .map(({ from, to }) => `${from} → ${to}`);

/** The folder of `core/` that a file is in; undefined: it is beside them, or elsewhere. */
export const coreFolder = (path: string): string | undefined => /^core\/([^/]+)\//.exec(path)?.[1];

/** Connections and what they carry: it knows no noun of the product but the words of the contract. */
const platform = ["aws", "redis", "postgres", "dynamo"];

/** The imports by which the platform would know a noun. */
export const nounsInPlatform = (imports: readonly Import[]): string[] =>
  imports
    .filter(({ from, to }) => {
      const [folder = "", other = "contract"] = [coreFolder(from), coreFolder(to)];
      return platform.includes(folder) && ![...platform, "contract"].includes(other);
    })
    .map(({ from, to }) => `${from} → ${to}`);

/** Pairs of folders of `core/` that import each other, as `a ↔ b`. */
export function mutualPairs(imports: readonly Import[]): string[] {
  const edges = new Set(
    imports.flatMap(({ from, to }) => {
      const [folder, other] = [coreFolder(from), coreFolder(to)];
      return folder && other && folder !== other ? [`${folder} ${other}`] : [];
    }),
  );
  const pairs = [...edges].map((edge) => edge.split(" ") as [string, string]);
  return pairs.filter(([a, b]) => a < b && edges.has(`${b} ${a}`)).map(([a, b]) => `${a} ↔ ${b}`);
}
