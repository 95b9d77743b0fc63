import { afterEach, expect, test, vi } from "vitest";
import { measure, measureOutcome, metricLine, publishMetrics } from "./metrics.ts";

const NOW_MS = 1_795_796_440_031;
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The lines that are written meanwhile, parsed. */
function written(namespace: string, act: () => void) {
  vi.stubEnv("METRICS_NAMESPACE", namespace);
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  act();
  vi.restoreAllMocks();
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("a line is in CloudWatch's embedded metric format", () => {
  const values = new Map([
    ["PurchasesRefused", [1, 2]],
    ["GateMs", [2.5]],
  ] as const);
  expect(JSON.parse(metricLine("production-shop", values, { outcome: "sold_out" }, NOW_MS))).toEqual({
    _aws: {
      Timestamp: NOW_MS,
      CloudWatchMetrics: [
        {
          Namespace: "production-shop",
          Dimensions: [["service", "outcome"]],
          Metrics: [
            { Name: "PurchasesRefused", Unit: "Count" },
            { Name: "GateMs", Unit: "Milliseconds" },
          ],
        },
      ],
    },
    service: "flash-sale",
    outcome: "sold_out",
    PurchasesRefused: [1, 2],
    GateMs: 2.5,
  });
});

test("what was noted is written once, at most 100 values of a metric a line, and all of them", () => {
  const lines = written("stage", () => {
    for (let value = 1; value <= 250; value++) measure("GateMs", value);
    measure("PurchasesAccepted", 1);
    publishMetrics();
    publishMetrics();
  });
  expect(lines.map((line) => [line["GateMs"]].flat().length)).toEqual([100, 100, 50]);
  expect(lines.flatMap((line) => line["GateMs"])).toEqual(
    Array.from({ length: 250 }, (_, index) => index + 1),
  );
  expect(lines.map((line) => line["PurchasesAccepted"])).toEqual([1, undefined, undefined]);
});

function measureAndPublish(): void {
  measure("Recoveries", 1);
  publishMetrics();
}

test("an outcome has a line of its own; where there is no namespace nothing is written, and nothing kept", () => {
  expect(written("stage", () => measureOutcome("PurchasesRefused", "paused", 3))).toMatchObject([
    { service: "flash-sale", outcome: "paused", PurchasesRefused: 3 },
  ]);
  expect(written("", measureAndPublish)).toEqual([]);
  expect(written("stage", publishMetrics)).toEqual([]);
});
