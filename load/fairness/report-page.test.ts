import { expect, test } from "vitest";
import type { LaunchResult } from "./judge-sale.ts";
import { reportPage } from "./report-page.ts";
import { sharesOf } from "./shares.ts";

const result: LaunchResult = {
  plan: { mode: "draw", hasDefences: true, breakage: "guardian" },
  shares: sharesOf([
    { kind: "honest", units: 1, isBesideHonest: true },
    { kind: "replay", units: 0, isBesideHonest: true },
  ]),
  mostOfAddress: 1,
  answers: {},
  turns: 1,
  misplaced: 0,
  verifierCode: 0,
  verifierSaid: "",
  wrong: [],
  seconds: 1,
};
const page = (wrong: readonly string[]) =>
  reportPage({
    surroundings: { revision: "abc", hardware: "2 × <any>", system: "linux", versions: { node: "24" } },
    size: { people: 2, honestShare: 0.5, units: 1, seed: 7 },
    startedAt: "2026-01-01T00:00:00.000Z",
    seconds: 1,
    isFair: wrong.length === 0,
    tooLittle: [],
    results: [{ ...result, wrong }],
  });

test("the page says whether it was fair, with a bar and a row for each launch", () => {
  expect(page([])).toContain("<b>FAIR</b>");
  expect(page([])).toMatch(/<rect [^>]*fill="#1a7f4b"/);
  expect(page([])).toContain(
    "<td>draw, defences on, guardian killed</td><td>1</td><td>1</td><td>0.5</td><td>2.00</td><td>0.00</td><td>2</td>",
  );
});

test("what is wrong is told, and no text of it is markup", () => {
  const html = page(["a <b> & c"]);
  expect(html).toContain("<b>NOT FAIR</b>");
  expect(html).toContain("<li>a &lt;b&gt; &amp; c</li>");
  expect(html).toContain("2 × &lt;any&gt;");
  expect(html).toMatch(/<rect [^>]*fill="#b3261e"/);
});
