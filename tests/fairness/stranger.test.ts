import { expect, test, vi } from "vitest";
import { verifyFiles } from "./run-verifier.ts";
import { lawfulFiles, tamperedFiles, unpublished } from "./stranger-files.ts";
import { lawfulLines, tamperedLines } from "./stranger-laws.ts";
import { lawfulPasts, tamperedPasts } from "./stranger-pasts.ts";

vi.setConfig({ testTimeout: 60_000 });

test.each([...tamperedFiles, ...tamperedLines, ...tamperedPasts])(
  "the script finds %s",
  (_what, files, sentence) => {
    const { status, stdout, stderr } = verifyFiles(files, "--rehearsal");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^WRONG/);
    expect(stderr).toContain(sentence);
  },
);

test.each([...lawfulFiles, ...lawfulLines, ...lawfulPasts])("the script takes %s", (_what, files) => {
  expect(verifyFiles(files, "--rehearsal")).toMatchObject({ status: 0, stderr: "" });
});

test("of a line of which nothing is published yet it says so, unless a hash of it was seen", () => {
  expect(verifyFiles(unpublished)).toMatchObject({
    status: 3,
    stderr: "",
    stdout: expect.stringMatching(/^NOTHING YET/) as string,
  });
  expect(verifyFiles(unpublished, "--seen", "ab".repeat(32))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("THE LOG WAS CHANGED") as string,
  });
});
