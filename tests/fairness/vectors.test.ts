import { join } from "node:path";
import { format } from "prettier";
import { expect, test, vi } from "vitest";
import { verifyFiles } from "./run-verifier.ts";
import { fairnessVectors } from "./vectors.ts";

vi.setConfig({ testTimeout: 60_000 });

const vectors = fairnessVectors();

test("docs/fairness-vectors.json is what the page about the protocol makes", async () => {
  const file = join(import.meta.dirname, "..", "..", "docs", "fairness-vectors.json");
  const text = await format(JSON.stringify(vectors), { parser: "json", printWidth: 110 });
  await expect(text).toMatchFileSnapshot(file);
});

test("the script finds all lines right: a room by the public beacon, a draw and returns by a rehearsal's", () => {
  for (const files of [vectors.room, vectors.boundRoom, vectors.settledRoom])
    expect(verifyFiles(files)).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringContaining("RIGHT"),
    });
  for (const files of [vectors.draw, vectors.returns, vectors.settledDraw, vectors.settledReturns])
    expect(verifyFiles(files, "--rehearsal")).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringContaining("REHEARSAL"),
    });
});
