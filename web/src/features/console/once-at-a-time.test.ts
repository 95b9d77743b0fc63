import { expect, test } from "vitest";
import { onceAtATime } from "./once-at-a-time.ts";

test("a second click while the first is under way asks for nothing more; the next one does, after a fault too", async () => {
  const asked: string[] = [];
  const make = onceAtATime(async (name: string) => {
    asked.push(name);
    await Promise.resolve();
    if (name === "broken") throw new Error(name);
  });
  await Promise.all([make("first"), make("second")]);
  await expect(make("broken")).rejects.toThrow("broken");
  await make("third");
  expect(asked).toEqual(["first", "broken", "third"]);
});
