import { expect, test } from "vitest";
import { doEach } from "./each.ts";

test("one that fails keeps no other from it, is told by its name, and fails the whole in the end", async () => {
  const [done, reports]: [string[], unknown[]] = [[], []];
  const broken = new Error("broken");
  const act = async (name: string) => {
    if (name === "b") throw broken;
    done.push(name);
  };
  await expect(
    doEach(["a", "b", "c"], act, (name, error) => reports.push([name, error])),
  ).rejects.toMatchObject({
    errors: [broken],
  });
  expect([done, reports]).toEqual([["a", "c"], [["b", broken]]]);
});

test("where nothing fails nothing is thrown", async () => {
  await expect(
    doEach(
      [1, 2],
      async () => undefined,
      () => undefined,
    ),
  ).resolves.toBeUndefined();
});
