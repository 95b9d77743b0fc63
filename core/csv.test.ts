import { expect, test } from "vitest";
import { csv } from "./csv.ts";

test("cells are quoted where they must be, and none is taken for a formula", () => {
  expect(
    csv([
      ["a", 1, true, null],
      ['say "hi", twice', "two\nlines", -1, ""],
    ]),
  ).toBe('a,1,true,\r\n"say ""hi"", twice","two\nlines",-1,\r\n');
  for (const evil of ["=1+1", "+1", "-1", "@a", "\ta", "＝1+1", "＋1", "－1", "＠a"])
    expect(csv([[evil]])).toBe(`'${evil}\r\n`);
  expect(csv([['=a,"b"']])).toBe(`"'=a,""b"""\r\n`);
  expect(csv([["\n=1"]])).toBe(`"'\n=1"\r\n`);
});
