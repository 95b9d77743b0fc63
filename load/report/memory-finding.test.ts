import { expect, test } from "vitest";
import { memoryFinding } from "./memory-finding.ts";

const MB = 1024 * 1024;
const samplesOf = (megabytes: readonly number[]) =>
  megabytes.map((value, index) => ({ atMs: index * 1000, bytes: { API: value * MB, Redis: 10 * MB } }));
const flat = samplesOf(Array<number>(12).fill(100));
const rising = samplesOf([100, 130, 160, 190, 220, 250, 280, 310, 340]);

test("memory that was seen, and stayed, is no matter", () => {
  const finding = memoryFinding({ samples: flat, tries: 12, problem: null }, true);
  expect(finding).toEqual({ says: null, fails: false });
});

test("memory that grew is named, and fails a run that is to show it flat", () => {
  const watched = { samples: rising, tries: 9, problem: null };
  const says = "NOT FLAT: the memory of API grew.";
  expect(memoryFinding(watched, true)).toEqual({ says, fails: true });
  expect(memoryFinding(watched, false)).toEqual({ says: null, fails: false });
});

test.each([
  ["nothing", [], 120, "spawn ps ENOENT", "0 times in 120 tries"],
  ["too little", flat.slice(0, 8), 8, null, "8 times in 8 tries"],
  ["less than half", flat, 25, "no `npm start` uses .local", "12 times in 25 tries"],
])("a soak that saw %s of the memory fails, and says why", (_, samples, tries, problem, counts) => {
  const { fails, says } = memoryFinding({ samples, tries, problem }, true);
  expect(fails).toBe(true);
  expect(says).toContain(`NOT SEEN: the servers' memory was sampled ${counts}`);
  expect(says).toContain(problem ?? "the run was too short");
});

test("a stage's memory is not seen, and no run fails for that", () => {
  expect(memoryFinding(null, true)).toEqual({
    says: "The memory of a stage's servers was not seen: this run says nothing about it.",
    fails: false,
  });
});
