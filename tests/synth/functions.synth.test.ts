import { describe, expect, test } from "vitest";
import {
  consumers,
  headRoute,
  httpFunction,
  httpNames,
  migrations,
  operations,
  schedules,
  smokeSessions,
} from "../../core/topology.ts";
import { MOCK_MIGRATION, SECRET_MARK } from "./mocks.ts";
import { statementsOf, view } from "./view.ts";

const byText = (a: unknown, b: unknown) => String(a).localeCompare(String(b));
const titleOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const timeLimits: Readonly<Record<string, number>> = {
  Purchase: httpFunction("purchase").timeLimitSeconds,
  GuardianHandler: schedules.guardian.timeLimitSeconds,
  Migrations: migrations.timeLimitSeconds,
  Operations: operations.timeLimitSeconds,
  SmokeSessions: smokeSessions.timeLimitSeconds,
  WarmUpHandler: schedules.warmUp.timeLimitSeconds,
  CanaryHandler: schedules.canary.timeLimitSeconds,
  BeaconHandler: schedules.beacon.timeLimitSeconds,
  DrawResultsHandler: schedules.drawResults.timeLimitSeconds,
  ErasuresHandler: schedules.erasures.timeLimitSeconds,
  StaffMailsHandler: schedules.staffMails.timeLimitSeconds,
  PaymentsHandler: schedules.payments.timeLimitSeconds,
  WebhooksHandler: schedules.webhooks.timeLimitSeconds,
};

describe.each(["production", "preview"] as const)("%s: functions", (stage) => {
  const { all, resourceOf, functions } = view(stage);

  test("one function a route, each behind its own integration; the purchase through its alias", () => {
    const keys = all("apigatewayv2/route").map(({ inputs }) => inputs["routeKey"] as string);
    const heads = httpNames.flatMap((name) => headRoute(name) ?? []);
    expect(keys.sort()).toEqual([...httpNames.map((name) => httpFunction(name).route), ...heads].sort());
    const targets = all("apigatewayv2/integration").map(({ inputs }) => inputs["integrationUri"] as string);
    expect(new Set(targets).size).toBe(httpNames.length);
    expect(targets.filter((arn) => arn.endsWith(":live"))).toHaveLength(1);
  });

  test("arm64, nodejs24.x, traced, JSON logs that are not kept for ever", () => {
    const retention = stage === "production" ? 30 : 7;
    for (const { name, inputs } of functions())
      expect({ ...inputs, name }).toMatchObject({
        name,
        architectures: ["arm64"],
        runtime: "nodejs24.x",
        tracingConfig: { mode: "Active" },
        loggingConfig: { logFormat: "JSON" },
      });
    const groups = all("cloudwatch/logGroup").filter(({ inputs }) => inputs["retentionInDays"] !== retention);
    // The firewall's own log, of what it blocked.
    expect(groups.map(({ name }) => name)).toEqual(stage === "production" ? ["SiteWafLogGroup"] : []);
  });

  test("time limits are those that the local cloud obeys", () => {
    for (const { name, inputs } of functions()) {
      const route = httpNames.find((key) => name === `ApiRoute${titleOf(key)}Handler`);
      const expected = name.startsWith("OrderQueue")
        ? consumers.orderConsumer.timeLimitSeconds
        : name.startsWith("WebhookReportQueue")
          ? consumers.webhookReporter.timeLimitSeconds
          : name.startsWith("WebhookQueue")
            ? consumers.webhookSender.timeLimitSeconds
            : name.startsWith("PaymentQueue")
              ? consumers.paymentWorker.timeLimitSeconds
              : name.startsWith("PushQueue")
                ? consumers.pushSender.timeLimitSeconds
                : name.startsWith("MailQueue")
                  ? consumers.orderMailer.timeLimitSeconds
                  : name.startsWith("RehearsalQueue")
                    ? consumers.rehearsalCrowd.timeLimitSeconds
                    : (timeLimits[name] ?? (route && httpFunction(route).timeLimitSeconds));
      expect({ name, seconds: inputs["timeout"] as number }).toEqual({ name, seconds: expected });
    }
  });

  test("new code waits until the database has been migrated for it", () => {
    const run = resourceOf("lambda/invocation");
    // A variable that only the run's answer can fill.
    const early = functions().filter(
      ({ name, variables }) => name !== "Migrations" && variables["SCHEMA"] !== MOCK_MIGRATION,
    );
    expect(early.map(({ name }) => name)).toEqual([]);
    // Another bundle, another run.
    expect(JSON.parse(run.inputs["input"] as string)).toEqual({
      code: expect.stringContaining("Migrations-code-"),
    });
  });

  test("the purchase is warmed each minute by a function that may do that and no more", () => {
    const alias = resourceOf("lambda/alias");
    expect(alias.inputs).toMatchObject({ name: "live", functionVersion: "1" });
    const role = resourceOf("iam/role", "WarmUpHandlerRole");
    const onLambda = statementsOf(role).filter(({ Action }) =>
      Action.some((action) => action.startsWith("lambda:")),
    );
    const Resource = [expect.stringMatching(/:function:flash-sale-\w+-PurchaseFunction-\w+:live$/)];
    expect(onLambda).toEqual([
      {
        Effect: "Allow",
        Action: ["Get", "Put", "Delete"].map((verb) => `lambda:${verb}ProvisionedConcurrencyConfig`),
        Resource,
      },
      { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource },
    ]);
    const rates = all("scheduler/schedule").map(({ inputs }) => inputs["scheduleExpression"]);
    expect(rates.filter((rate) => rate !== "rate(1 hour)").toSorted(byText)).toEqual([
      ...Array<string>(7).fill("rate(1 minute)"),
      "rate(15 minutes)",
    ]);
  });

  test("no secret lies in an environment variable", () => {
    for (const { name, variables } of functions()) {
      const revealing = Object.entries(variables).filter(([, value]) => value.includes(SECRET_MARK));
      expect({ name, revealing }).toEqual({ name, revealing: [] });
    }
  });
});

test("production buys from itself each hour, at its own address and outside the network", () => {
  const { all, functions } = view("production");
  const schedule = all("scheduler/schedule").find(({ name }) => name.startsWith("Canary"))!;
  expect(schedule.inputs).toMatchObject({ scheduleExpression: "rate(1 hour)", state: "ENABLED" });
  const buyer = functions().find(({ name }) => name === "CanaryHandler");
  expect(buyer).toMatchObject({
    securityGroups: [],
    variables: { SITE_URL: expect.stringMatching(/^https:/) },
  });
  const others = view("preview").all("scheduler/schedule");
  expect(others.map(({ name }) => name).filter((name) => name.startsWith("Canary"))).toEqual([]);
});

test("what looks after a sale has executions that a crowd can't take, and enough are left", () => {
  const { functions } = view("production");
  const reserved = functions().flatMap(({ name, inputs }) => {
    const count = inputs["reservedConcurrentExecutions"] as number | undefined;
    return count === undefined ? [] : [{ name, count }];
  });
  const of = (name: string) => reserved.find((concurrency) => concurrency.name.startsWith(name))?.count ?? 0;
  expect(of("GuardianHandler")).toBeGreaterThanOrEqual(2);
  // Fewer would throttle what the trigger starts.
  expect(of("OrderQueueSubscriber")).toBe(consumers.orderConsumer.maximumConcurrency);
  const consoles = httpNames.filter((name) => httpFunction(name).route.includes(" /api/admin/"));
  const needed = [
    "Operations",
    "WarmUpHandler",
    ...consoles.map((name) => `ApiRoute${titleOf(name)}Handler`),
  ];
  expect(needed.filter((name) => of(name) === 0)).toEqual([]);
  expect(of("Purchase")).toBe(0);
  const total = reserved.reduce((sum, { count }) => sum + count, 0);
  // AWS keeps a hundred unreserved; most of the account's thousand are for those who buy.
  expect(total).toBeLessThanOrEqual(100);
  const inPreview = view("preview").functions();
  expect(inPreview.filter(({ inputs }) => "reservedConcurrentExecutions" in inputs)).toEqual([]);
});

test("a dev stage costs next to nothing while idle: no network interface, store, CDN, firewall or alarm", () => {
  const { all, resources } = view("dev");
  const paid = [
    "elasticache/replicationGroup",
    "rds/instance",
    "ec2/vpcEndpoint",
    "ec2/natGateway",
    "wafv2/webAcl",
    "cloudfront/distribution",
    "cloudwatch/metricAlarm",
    "secretsmanager/secret",
    "lambda/provisionedConcurrencyConfig",
  ];
  expect(paid.filter((kind) => all(kind).length > 0)).toEqual([]);
  expect(resources.length).toBeGreaterThan(100);
});
