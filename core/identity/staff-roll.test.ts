import { describe, expect, test } from "vitest";
import type { Role } from "../contract/identity.ts";
import { decideRole, MOST_PEOPLE, type Person, rolesOf, withAct, withoutActs } from "./staff-roll.ts";

const NOW_MS = 1_000;
const person = (email: string, role: Person["role"]): Person => ({ email, role, sinceMs: 0 });
const nobody: ReadonlyMap<string, Role> = new Map();
const ann = person("ann@example.com", "admin");
const bob = person("bob@example.com", "operator");
const decide = (people: readonly Person[], email: string, role: Role, fixed = nobody) =>
  decideRole({ people }, fixed, { email, role }, NOW_MS);

describe("a role", () => {
  test("is given to somebody who had none, and raised and lowered", () => {
    expect(decide([ann], "eve@example.com", "viewer")).toEqual({
      kind: "changed",
      before: "shopper",
      people: [ann, { email: "eve@example.com", role: "viewer", sinceMs: NOW_MS }],
    });
    expect(decide([ann, bob], bob.email, "admin")).toMatchObject({ kind: "changed", before: "operator" });
  });

  test("is taken away by making them a shopper", () => {
    expect(decide([ann, bob], bob.email, "shopper")).toEqual({
      kind: "changed",
      before: "operator",
      people: [ann],
    });
  });

  test("that is as it was changes nothing", () => {
    expect(decide([ann], ann.email, "admin")).toEqual({ kind: "unchanged" });
    expect(decide([ann], "eve@example.com", "shopper")).toEqual({ kind: "unchanged" });
  });

  test.each<Role>(["shopper", "viewer", "operator"])("of the last admin does not become %s", (role) => {
    expect(decide([ann, bob], ann.email, role)).toEqual({ kind: "last_admin" });
  });

  test("of an admin may go while another one is left, in the roll or by STAFF", () => {
    const eve = person("eve@example.com", "admin");
    expect(decide([ann, eve], ann.email, "shopper").kind).toBe("changed");
    expect(decide([ann], ann.email, "shopper", new Map([["root@example.com", "admin"]])).kind).toBe(
      "changed",
    );
    expect(decide([ann], ann.email, "shopper", new Map([["root@example.com", "operator"]])).kind).toBe(
      "last_admin",
    );
  });

  test("that STAFF gives is not changed here", () => {
    const fixed = new Map<string, Role>([[bob.email, "viewer"]]);
    expect(decide([ann, bob], bob.email, "admin", fixed)).toEqual({ kind: "set_by_deployment" });
  });

  test("is given to no more people than one record holds", () => {
    const people = [
      ann,
      ...Array.from({ length: MOST_PEOPLE - 1 }, (_, i) => person(`${i}@example.com`, "viewer")),
    ];
    expect(decide(people, "eve@example.com", "viewer")).toEqual({ kind: "full" });
    expect(decide(people, "0@example.com", "operator").kind).toBe("changed");
  });
});

test("STAFF holds against the roll: it is the way back, and the first way in", () => {
  const fixed = new Map<string, Role>([
    [bob.email, "admin"],
    ["root@example.com", "admin"],
  ]);
  expect(rolesOf({ people: [ann, bob] }, fixed)).toEqual(
    new Map([
      [ann.email, "admin"],
      [bob.email, "admin"],
      ["root@example.com", "admin"],
    ]),
  );
});

const act = (actId: string) => ({
  actId,
  actor: { buyerId: "byr_1" as never, role: "admin" as const, requestId: "r" },
  action: "role_changed" as const,
  before: {},
  after: {},
  atMs: NOW_MS,
});
test("an act stays with the roll until the audit log has it", () => {
  const empty = { version: 3, people: [], unwritten: [] };
  const both = withAct(withAct(empty, [ann], act("a")), [ann, bob], act("b"));
  expect(both).toEqual({ version: 5, people: [ann, bob], unwritten: [act("a"), act("b")] });
  expect(withoutActs(both, new Set(["a"]))).toEqual({
    version: 6,
    people: [ann, bob],
    unwritten: [act("b")],
  });
});
