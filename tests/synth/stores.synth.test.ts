import { describe, expect, test } from "vitest";
import { consumers } from "../../core/topology.ts";
import { stages } from "./synthesize.ts";
import { view } from "./view.ts";

describe.each(["production", "preview"] as const)("%s: stores", (stage) => {
  const { resourceOf } = view(stage);

  test("the gate: not durable, a replica in production, nothing evicted, its logs kept", () => {
    const isProduction = stage === "production";
    const { inputs } = resourceOf("elasticache/replicationGroup");
    expect(inputs).toMatchObject({
      engine: "valkey",
      engineVersion: "9.0",
      clusterMode: "enabled",
      numNodeGroups: 1,
      nodeType: isProduction ? "cache.t4g.small" : "cache.t4g.micro",
      replicasPerNodeGroup: isProduction ? 1 : 0,
      multiAzEnabled: isProduction,
      automaticFailoverEnabled: true,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      maintenanceWindow: "tue:04:00-tue:05:00",
    });
    // docs/decisions/0024: nothing promised rests on it.
    expect(inputs).not.toHaveProperty("durability");
    const logs = inputs["logDeliveryConfigurations"] as { logType: string; destination: string }[];
    expect(logs.map(({ logType }) => logType)).toEqual(["slow-log", "engine-log"]);
    for (const { destination } of logs)
      expect(destination).toMatch(/^\/elasticache\/flash-sale-\w+\/(slow|engine)-log$/);
    expect(resourceOf("elasticache/parameterGroup").inputs["parameters"]).toContainEqual({
      name: "maxmemory-policy",
      value: "noeviction",
    });
  });

  test("PostgreSQL is encrypted, demands TLS, and is kept in production", () => {
    const isProduction = stage === "production";
    expect(resourceOf("rds/instance").inputs).toMatchObject({
      storageEncrypted: true,
      deletionProtection: isProduction,
      skipFinalSnapshot: !isProduction,
      multiAz: isProduction,
      backupRetentionPeriod: isProduction ? 14 : 1,
      maintenanceWindow: "tue:04:00-tue:05:00",
      backupWindow: "02:30-03:30",
    });
    expect(resourceOf("rds/parameterGroup").inputs["parameters"]).toEqual([
      { name: "rds.force_ssl", value: "1" },
    ]);
  });
});

describe.each(stages)("%s: tables and queues", (stage) => {
  const { all, resourceOf } = view(stage);

  test("every table can go back in time, and is protected in production", () => {
    const tables = all("dynamodb/table").map(({ name, inputs, isRetained }) => ({
      name,
      recovery: inputs["pointInTimeRecovery"],
      isProtected: inputs["deletionProtectionEnabled"],
      isRetained,
    }));
    const isKept = stage === "production";
    const expected = { recovery: { enabled: true }, isProtected: isKept, isRetained: isKept };
    expect(tables.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: "IdentityTable", ...expected },
      { name: "LedgerTable", ...expected },
      { name: "LinesTable", ...expected },
      { name: "PicturesTable", ...expected },
    ]);
  });

  test("codes, their limits and spent challenges go by themselves; nothing else of any table does", () => {
    const lives = Object.fromEntries(all("dynamodb/table").map(({ name, inputs }) => [name, inputs["ttl"]]));
    const byItself = { attributeName: "ttl", enabled: true };
    expect(lives).toEqual({
      IdentityTable: byItself,
      LedgerTable: undefined,
      LinesTable: byItself,
      PicturesTable: undefined,
    });
  });

  test("every queue is encrypted, and has or is a dead-letter queue", () => {
    const queues = all("sqs/queue");
    const targets = queues.flatMap(({ inputs }) =>
      inputs["redrivePolicy"]
        ? [JSON.parse(inputs["redrivePolicy"] as string) as Record<string, unknown>]
        : [],
    );
    const limits = Object.values(consumers).map(({ maxReceiveCount }) => maxReceiveCount);
    expect(targets).toHaveLength(limits.length);
    expect(targets.map((target) => target["maxReceiveCount"])).toEqual(expect.arrayContaining(limits));
    const names = targets.map(
      (target) => /(\w+)DeadLetters/.exec(String(target["deadLetterTargetArn"]))?.[1],
    );
    expect(new Set(names)).toEqual(
      new Set(["Mail", "Order", "Payment", "Push", "Rehearsal", "Webhook", "WebhookReport"]),
    );
    for (const { name, inputs } of queues) {
      const isSource = Boolean(inputs["redrivePolicy"]);
      expect(
        isSource || /^(Mail|Order|Payment|Push|Rehearsal|Webhook|WebhookReport)DeadLettersQueue$/.test(name),
      ).toBe(true);
      expect(inputs).toMatchObject({ sqsManagedSseEnabled: true, messageRetentionSeconds: 1_209_600 });
    }
  });

  test.each([
    ["OrderQueue", consumers.orderConsumer],
    ["MailQueue", consumers.orderMailer],
    ["PaymentQueue", consumers.paymentWorker],
    ["PushQueue", consumers.pushSender],
    ["RehearsalQueue", consumers.rehearsalCrowd],
    ["WebhookQueue", consumers.webhookSender],
    ["WebhookReportQueue", consumers.webhookReporter],
  ] as const)(
    "the trigger of %s: partial responses, bounded, a window for large batches, visibility for six tries",
    (queue, { timeLimitSeconds, maximumConcurrency }) => {
      const found = all("lambda/eventSourceMapping").find(({ name }) => name.startsWith(queue));
      const { visibilityTimeoutSeconds } = resourceOf("sqs/queue", `${queue}Queue`).inputs as {
        visibilityTimeoutSeconds: number;
      };
      expect(visibilityTimeoutSeconds).toBeGreaterThanOrEqual(6 * timeLimitSeconds);
      if (stage === "dev") return;
      const trigger = found!.inputs;
      expect(trigger).toMatchObject({
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency },
      });
      if ((trigger["batchSize"] as number) > 10)
        expect(trigger["maximumBatchingWindowInSeconds"]).toBeGreaterThanOrEqual(1);
    },
  );
});
