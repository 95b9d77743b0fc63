import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { shopVariables } from "../core/contract/shop.ts";

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
};
type Job = {
  readonly steps: readonly Step[];
  readonly "timeout-minutes"?: number;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly permissions?: object;
};
type Workflow = {
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly on?: { readonly pull_request?: { readonly types?: readonly string[] } };
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
  readonly permissions?: object;
  readonly concurrency?: { readonly "cancel-in-progress"?: boolean };
};

const root = fileURLToPath(new URL("..", import.meta.url));
const { scripts, allowScripts } = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as {
  scripts: object;
  allowScripts: Readonly<Record<string, boolean>>;
};
const workflows = globSync(".github/workflows/*.yml", { cwd: root }).map((path) => {
  const text = readFileSync(`${root}/${path}`, "utf8");
  return { path, text, workflow: parse(text) as Workflow };
});
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

describe.each(workflows)("$path", ({ text, workflow }) => {
  test("every action is pinned to a commit, its version beside it", () => {
    const used = stepsOf(workflow).flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`${action} # v\\d+\\.\\d+\\.\\d+`));
    }
  });

  test("least rights, an end to every job, and no long-lived key", () => {
    // What a job needs besides, it says itself.
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
    expect(text).not.toMatch(/AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|secrets\./);
  });

  test("whatever touches AWS assumes a role by OIDC, in an environment that the role trusts", () => {
    for (const job of Object.values(workflow.jobs)) {
      const touchesAws = job.steps.some(({ run }) => /\bsst\b|npm run (smoke|preflight)/.test(run ?? ""));
      const signIn = job.steps.find(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials"));
      expect(signIn !== undefined).toBe(touchesAws);
      if (!touchesAws) continue;
      expect(signIn?.with?.["role-to-assume"]).toMatch(/^\$\{\{ vars\.\w+_ROLE \}\}$/);
      expect(job.environment).toMatch(/^\w+$/);
      expect(job.permissions).toEqual({ contents: "read", "id-token": "write" });
    }
  });

  test("where an identity token is in reach, packages' install scripts do not run, but for those listed", () => {
    for (const { permissions, steps } of Object.values(workflow.jobs)) {
      const runs = steps.flatMap(({ run }) => run?.split("\n") ?? []).map((line) => line.trim());
      if (!("id-token" in (permissions ?? workflow.permissions ?? {}))) continue;
      const installs = runs.filter((run) => /\bnpm (ci|install|i|add|exec|rebuild)\b/.test(run));
      expect(installs[0]).toBe("npm ci --ignore-scripts --no-audit --no-fund");
      // Without its script the node that our commands run on is missing, and they would install everything anew.
      expect(installs.slice(1)).toEqual(["npm rebuild node"]);
      expect(allowScripts["node"]).toBe(true);
      expect(runs.indexOf("npm rebuild node")).toBeLessThan(runs.findIndex((run) => /\bsst\b/.test(run)));
    }
  });

  test("a command that fails in a pipe fails its step", () => {
    const piped = stepsOf(workflow).filter(({ run }) => /[^|]\|[^|]/.test(run ?? ""));
    // GitHub gives bash `pipefail` only where it is asked for by name.
    if (piped.length > 0) expect(workflow.defaults?.run?.shell).toBe("bash");
  });

  test("every npm script that it runs exists", () => {
    const runs = stepsOf(workflow).flatMap(({ run }) => [...(run ?? "").matchAll(/npm (?:run )?([\w:-]+)/g)]);
    const names = runs.map(([, name]) => name ?? "").filter((name) => name !== "ci" && name !== "rebuild");
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test("production is deployed one at a time, after the tests, and bought from", () => {
  const deploy = workflows.find(({ path }) => path.endsWith("deploy.yml"))!.workflow;
  expect(deploy.concurrency).toMatchObject({ group: "production", "cancel-in-progress": false });
  expect(deploy.jobs["deploy"]).toMatchObject({ needs: "test", environment: "production" });
  const runs = deploy.jobs["deploy"]!.steps.map(({ run }) => run ?? "");
  const deployed = runs.findIndex((run) => run.includes("sst deploy --stage production"));
  const smoked = runs.findIndex((run) => run.includes("npm run smoke"));
  expect(deployed).toBeGreaterThan(0);
  expect(smoked).toBeGreaterThan(deployed);
  const advice = deploy.jobs["deploy"]!.steps.at(-1);
  expect(advice?.if).toBe("failure()");
  expect(advice?.run).toMatch(/Rollback[^]*GITHUB_STEP_SUMMARY/);
});

test("a preview's stage is removed when its pull request is closed or loses the label, and only if it had one", () => {
  const preview = workflows.find(({ path }) => path.endsWith("preview.yml"))!.workflow;
  const { steps, if: condition } = preview.jobs["teardown"]!;
  expect(steps.at(-1)?.run).toContain("sst remove --stage");
  // `sst remove` of a stage that never was fails: "Stage not found".
  expect(condition).toContain("contains(github.event.pull_request.labels.*.name, 'preview')");
  expect(condition).toContain("github.event.action == 'unlabeled' && github.event.label.name == 'preview'");
  expect(preview.on?.pull_request?.types).toEqual(expect.arrayContaining(["labeled", "unlabeled", "closed"]));
  for (const name of ["diff", "deploy"])
    expect(preview.jobs[name]?.if).toContain(
      `!contains(fromJSON('["closed", "unlabeled"]'), github.event.action)`,
    );
});

test("whoever deploys or compares production gives it every setting that it may have", () => {
  const settings = [
    "MAIL_FROM",
    "ALARM_EMAIL",
    "ALARM_PAGER",
    "ACCOUNT_CONCURRENCY",
    "STAFF",
    "SITE_DOMAIN",
    ...Object.values(shopVariables),
  ];
  const sizes = ["GATE_INSTANCE", "ORDERS_INSTANCE", "ATTEMPTS_PER_SECOND"];
  const deploy = workflows.find(({ path }) => path.endsWith("deploy.yml"))!.workflow;
  const preview = workflows.find(({ path }) => path.endsWith("preview.yml"))!.workflow;
  // A deploy that forgets a size would shrink the gate in the middle of a sale.
  const given = [
    { ...deploy.env, ...deploy.jobs["deploy"]?.env },
    { ...preview.env, ...preview.jobs["diff"]?.env },
  ];
  for (const env of given)
    for (const name of [...settings, ...sizes])
      expect([name, env[name]]).toEqual([name, ["$", `{{ vars.${name} }}`].join("")]);
  for (const name of sizes) expect(preview.env).not.toHaveProperty(name);
});
