import { describe, expect, test } from "vitest";
import { parseProviders } from "../identity/aliases.ts";
import { cellsOf, readGuestRows } from "./guest-rows.ts";

const providers = parseProviders("");
const addresses = { by: "addresses", tiers: [{ name: "Gold" }], providers } as const;
const codes = { by: "codes", tiers: [{ name: "Gold" }], providers } as const;
const errorsOf = (text: string, rules: Parameters<typeof readGuestRows>[1] = addresses) => {
  const read = readGuestRows(text, rules);
  return read.kind === "wrong" ? read.errors : [];
};

describe("a list of guests as CSV", () => {
  test("addresses are kept as given and found by their mailbox", () => {
    expect(
      readGuestRows("address,tier\r\nAda.L+vip@gmail.com,gold\r\n\r\nbob@example.com,\r\n", addresses),
    ).toEqual({
      kind: "rows",
      rows: [
        { key: "adal@gmail.com", shown: "Ada.L+vip@gmail.com", tier: "Gold", uses: 1 },
        { key: "bob@example.com", shown: "bob@example.com", tier: "", uses: 1 },
      ],
    });
  });

  test("codes may be for several, in a spreadsheet's semicolons, quotes and mark", () => {
    expect(readGuestRows('\uFEFF"code";uses\n"ab-c 12345";5\n', codes)).toEqual({
      kind: "rows",
      rows: [{ key: "ABC12345", shown: "ab-c 12345", tier: "", uses: 5 }],
    });
  });

  test("every wrong line is named, and none is taken", () => {
    expect(
      errorsOf('address,tier\nnobody\nada@example.com,Silver\nada@example.com,\nADA@example.com,\n"ada'),
    ).toEqual([
      { line: 2, message: "must be an e-mail address" },
      { line: 3, message: "names a tier that the sale does not have: Silver" },
      { line: 5, message: "is the same guest as line 4" },
      { line: 6, message: "has a quote that is left open" },
    ]);
    expect(errorsOf("code,uses\nabc1234,1\nabcd?123,1\nabcdefgh,0\nabcdefgi,1.5", codes)).toEqual([
      { line: 2, message: "must have at least 8 letters and digits" },
      { line: 3, message: "must have letters and digits alone" },
      { line: 4, message: "uses must be a whole number from 1 to 1000" },
      { line: 5, message: "uses must be a whole number from 1 to 1000" },
    ]);
  });

  test("a file without its columns, without rows, or with too many, is refused as a whole", () => {
    expect(errorsOf("mail\nada@example.com")).toEqual([
      { line: 1, message: "must name the columns: address is missing" },
    ]);
    expect(errorsOf("address\n\n")).toEqual([{ line: 1, message: "is followed by no row" }]);
    const many = Array.from({ length: 10_001 }, (_, index) => `a${index}@example.com`);
    expect(errorsOf(["address", ...many].join("\n"))).toEqual([
      { line: 10_002, message: "is beyond the 10000 rows of one file" },
    ]);
  });

  test("of very many wrong lines fifty are named, and the rest counted", () => {
    const errors = errorsOf(["address", ...Array.from({ length: 60 }, () => "no")].join("\n"));
    expect(errors).toHaveLength(51);
    expect(errors.at(-1)).toEqual({ line: 52, message: "and 10 lines from here on are wrong" });
  });

  test("an export comes back as it was", () => {
    expect(readGuestRows("address\r\n'+49@example.com\r\n", addresses)).toMatchObject({
      rows: [{ shown: "+49@example.com" }],
    });
  });

  test.each([
    ["a,b", ["a", "b"]],
    ["a,", ["a", ""]],
    ['"a,""b""",c', ['a,"b"', "c"]],
    ['"a"b', null],
    ["", [""]],
  ])("the cells of %j", (line, cells) => {
    expect(cellsOf(line, ",")).toEqual(cells);
  });
});
