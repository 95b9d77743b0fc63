import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Lua is imported as text, as in the bundles. */
const luaAsText = {
  name: "lua-as-text",
  transform: (code: string, id: string) =>
    id.endsWith(".lua") ? `export default ${JSON.stringify(code)}` : undefined,
};

const isLongest = ({ moduleId }: TestSpecification) =>
  /\/tests\/(cluster-)?faults\.int\.test\.ts$/.test(moduleId);

/** The files that wait longest go first: at the end, all others would wait for it. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/** Minutes of processor time, for what seldom changes. */
const slow = [
  "tests/fairness.int.test.ts",
  "tests/external-stores.int.test.ts",
  "tests/cluster-faults.int.test.ts",
  "tests/fairness/verifier.test.ts",
  "core/line/tell-results.int.test.ts",
  "tests/schedules/drafts.int.test.ts",
  "tests/api/bring-signature.int.test.ts",
  "tests/api/line-verified.int.test.ts",
  "tests/api/odd-paths.int.test.ts",
  "tests/api/rehearsal-crowd.int.test.ts",
  "tests/browser/markup.browser.test.ts",
  "tests/browser/passkeys.browser.test.ts",
  "tests/crowd.int.test.ts",
  "tests/crowded.int.test.ts",
  "tests/load-shoppers.int.test.ts",
  "tests/webhooks.int.test.ts",
  "tests/api/rehearsal.int.test.ts",
  "tests/browser/plain.browser.test.ts",
  "tests/browser/orders.browser.test.ts",
  "tests/browser/long-words.browser.test.ts",
  "tests/load-restart.int.test.ts",
  "tests/shoppers-restart.int.test.ts",
  "tests/capacity-document.test.ts",
  "tests/fairness/tampering.test.ts",
  "tests/fairness/stranger.test.ts",
  "tests/fairness/asked-wrong.test.ts",
  "tests/evidence/tampering.test.ts",
  "tests/restore.int.test.ts",
  "tests/api/rehearsal-line.int.test.ts",
  "tests/api/rehearsal-paid.int.test.ts",
  "tests/browser/cancelled-order.browser.test.ts",
  "tests/browser/code-step.browser.test.ts",
  "tests/browser/console-cancel.browser.test.ts",
  "tests/browser/console-form.browser.test.ts",
  "tests/browser/console.browser.test.ts",
  "tests/browser/fold.browser.test.ts",
  "tests/browser/line-check.browser.test.ts",
  "tests/browser/locale.browser.test.ts",
  "tests/browser/moments.browser.test.ts",
  "tests/api-workers.int.test.ts",
  "tests/browser/console-crowd.browser.test.ts",
  "tests/browser/console-drafts.browser.test.ts",
  "tests/browser/console-locale.browser.test.ts",
  "tests/browser/console-webhooks.browser.test.ts",
  "tests/browser/console-money.browser.test.ts",
  "tests/browser/console-people.browser.test.ts",
  "tests/browser/console-rehearsal.browser.test.ts",
  "tests/browser/foreign-answers.browser.test.ts",
  "tests/browser/guests.browser.test.ts",
  "tests/browser/hardship.browser.test.ts",
  "tests/browser/line.browser.test.ts",
  "tests/browser/line-drawn.browser.test.ts",
  "tests/browser/order-mail.browser.test.ts",
  "tests/browser/past-sales.browser.test.ts",
  "tests/browser/push.browser.test.ts",
  "tests/browser/pictures.browser.test.ts",
  "tests/browser/returns.browser.test.ts",
  "tests/browser/states.browser.test.ts",
];
const always = ["**/node_modules/**", "**/dist/**", "**/.sst/**"];
const exclude = [...always, ...slow];

/** What says something of a Redis Cluster alone. */
const onlyInCluster = ["core/gate/cluster.int.test.ts"];

export default defineConfig({
  plugins: [luaAsText],
  test: {
    pool: "forks",
    // Twice the processors of a small machine: many tests wait for a time limit or a recovery. The stacks' run has two more.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    // A second, the default, is less than a busy machine may take to draw a page.
    expect: { poll: { timeout: 10_000 } },
    // What core reads by itself; functions get the rest from the cloud that runs them.
    env: {
      STAGE: "local",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...exclude, "**/*.int.test.ts", "**/*.browser.test.ts", "**/*.synth.test.ts"],
          // A pure test that takes a second may have to wait for its processor.
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.int.test.ts"],
          exclude: [...exclude, ...onlyInCluster],
          globalSetup: "tests/tools/global-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          // The gate as it is deployed: on a Redis Cluster over TLS.
          name: "integration-cluster",
          include: ["core/gate/*.int.test.ts", "tests/api/purchase*.int.test.ts"],
          exclude,
          globalSetup: "tests/tools/global-setup.ts",
          // All share the cluster's one database.
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "slow",
          include: slow,
          exclude: always,
          // Some are of a browser: where the site is built already, that costs nothing.
          globalSetup: ["tests/tools/global-setup.ts", "tests/browser/build-site.setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "synthesis",
          include: ["**/*.synth.test.ts"],
          exclude,
          globalSetup: "tests/synth/global-setup.ts",
          // The deploy itself is in the set-up.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["**/*.browser.test.ts"],
          exclude,
          globalSetup: "tests/browser/build-site.setup.ts",
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
