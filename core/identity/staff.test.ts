import { expect, test } from "vitest";
import type { Role } from "../contract/identity.ts";
import { parseStaff, roleNow } from "./staff.ts";

test("reads pairs, whatever the spaces and the case of the addresses", () => {
  const staff = parseStaff(" operator=Ann@Example.com , admin= bob@example.com,,viewer=eve@example.com,");
  expect([...staff]).toEqual([
    ["ann@example.com", "operator"],
    ["bob@example.com", "admin"],
    ["eve@example.com", "viewer"],
  ]);
});

test.each<[Role, string | undefined, Role]>([
  ["operator", "ann", "operator"],
  ["admin", "ann", "operator"],
  ["viewer", "ann", "viewer"],
  ["admin", "gone", "shopper"],
  ["shopper", "ann", "shopper"],
  ["operator", undefined, "operator"],
])("a session as %s of %s is that of a %s, where Ann is operator now", (role, mark, now) => {
  expect(roleNow({ role, staffMark: mark }, new Map([["ann", "operator"]]))).toBe(now);
});

test("nobody is staff by default", () => expect(parseStaff("").size).toBe(0));

test.each(["ann@example.com", "root=ann@example.com", "admin=", "=ann@example.com"])(
  "%j is refused rather than ignored",
  (text) => {
    expect(() => parseStaff(text)).toThrow("is not role=e-mail");
  },
);
