import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Report, reportPage, writeReport } from "./report.ts";
import { standIns, surroundings } from "./surroundings.ts";

const TEMPLATE = join(import.meta.dirname, "report-page.html");

const report: Report = {
  ...surroundings({ Redis: "7.0.15" }),
  scenario: "drop",
  summary: "Everyone buys at once.",
  startedAt: "2026-11-27T12:00:00.000Z",
  seconds: 12,
  target: "http://127.0.0.1:4000",
  settings: { units: 10 },
  isEqual: true,
  sales: [{ saleId: "sale_1", isEqual: true, verdict: "EQUAL </script><b>$&" }],
  outcomes: [],
  timeline: [],
  memory: [],
  memoryVerdict: [],
  memorySays: null,
};

test("a page stands alone: its data, its charts and their styles are in it, and nothing is loaded", () => {
  const page = reportPage(report);
  expect(page).toContain("<title>drop · EQUAL</title>");
  expect(page).toContain("uPlot=function");
  expect(page).toContain(".uplot");
  expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
  expect(page).not.toContain("{{");
});

test("text of a verdict stays text, and comes back as it was", () => {
  const page = reportPage(report);
  expect(page.match(/<\/script>/g)).toHaveLength(2);
  const [, data = ""] = /const report = (\{.*\});\n/.exec(page) ?? [];
  expect(JSON.parse(data)).toEqual(report);
});

test("a report names its hardware, versions and revision, as JSON and as a page", () => {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const page = writeReport(folder, report);
  expect(page).toBe(join(folder, "report.html"));
  const kept = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as Report;
  expect(kept).toEqual(report);
  expect(kept.hardware).toMatch(/^\d+ × .+ GiB$/);
  expect(kept.versions).toEqual({
    node: process.versions.node,
    artillery: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    Redis: "7.0.15",
  });
  expect(kept.revision).toMatch(/^([0-9a-f]{12}( with changes)?|not under git)$/);
});

const sample = (...names: string[]) => ({
  atMs: 0,
  bytes: Object.fromEntries(names.map((name) => [name, 1])),
});

test("a report names the stand-ins for AWS that were seen to run, and no others", () => {
  const version = expect.stringMatching(/^\d+\.\d+\.\d+$/) as string;
  expect(standIns([sample("API"), sample("API", "SQS", "DynamoDB")])).toEqual({
    "SQS (fauxqs)": version,
    "DynamoDB (dynalite)": version,
  });
  expect(standIns([sample("API", "Redis")])).toEqual({});
});

test("a page shows nothing that its report does not have", () => {
  const used = [...readFileSync(TEMPLATE, "utf8").matchAll(/(?<=\breport\.)\w+/g)].map(([name]) => name);
  expect(used).toContain("memorySays");
  expect(Object.keys(report)).toEqual(expect.arrayContaining([...new Set(used)]));
});
