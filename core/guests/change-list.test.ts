import { describe, expect, test } from "vitest";
import { changedList } from "./change-list.ts";
import type { GuestRow } from "./guest-rows.ts";

const row = (key: string, tier = "", uses = 1): GuestRow => ({ key, shown: key, tier, uses });
const keysOf = (changed: ReturnType<typeof changedList>) => changed?.rows.map(({ key }) => key);

const withUses = (uses: number) => changedList([row("a", "", 5)], { how: "add", rows: [row("a", "", uses)] });

describe("a changed list", () => {
  test("added guests void nothing, whether they were there or not", () => {
    const changed = changedList([row("a")], { how: "add", rows: [row("b"), row("a")] });
    expect(keysOf(changed)).toEqual(["a", "b"]);
    expect(changed).toMatchObject({ onlyAdds: true, added: 1, removed: 0, changed: 0 });
  });

  test("more uses void nothing, fewer do", () => {
    expect(withUses(6)).toMatchObject({ onlyAdds: true, changed: 1 });
    expect(withUses(4)).toMatchObject({ onlyAdds: false, added: 0, changed: 1 });
  });

  test.each([
    ["another tier", { how: "add", rows: [row("a", "Gold")] }, ["a", "b"]],
    ["a removal", { how: "remove", rows: [row("a")] }, ["b"]],
    ["a list without somebody", { how: "replace", rows: [row("b"), row("c")] }, ["b", "c"]],
  ] as const)("%s voids what was said before", (_, change, keys) => {
    const changed = changedList([row("a"), row("b")], change);
    expect(keysOf(changed)).toEqual(keys);
    expect(changed?.onlyAdds).toBe(false);
  });

  test("removing somebody who is not there changes nothing", () => {
    expect(changedList([row("a")], { how: "remove", rows: [row("x")] })).toEqual({
      rows: [row("a")],
      onlyAdds: true,
      added: 0,
      removed: 0,
      changed: 0,
    });
  });

  test("a list is not longer than it may be", () => {
    const many = Array.from({ length: 50_000 }, (_, index) => row(`a${index}`));
    expect(changedList(many, { how: "add", rows: [row("b")] })).toBeNull();
    expect(changedList(many, { how: "add", rows: [row("a0")] })?.rows).toHaveLength(50_000);
  });

  test("rows of erased guests are nobody's: they stay until the list is replaced, and void nothing", () => {
    const erased = { ...row("erased_abc"), shown: "" };
    const present = [row("a"), erased, row("b")];
    expect(changedList(present, { how: "replace", rows: [row("a"), row("b")] })).toEqual({
      rows: [row("a"), row("b")],
      onlyAdds: true,
      added: 0,
      removed: 0,
      changed: 0,
    });
    const removed = changedList(present, { how: "remove", rows: [row("b")] });
    expect(keysOf(removed)).toEqual(["erased_abc", "a"]);
    expect(removed).toMatchObject({ onlyAdds: false, removed: 1 });
  });
});
