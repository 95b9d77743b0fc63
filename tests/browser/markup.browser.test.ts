import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import { siteDir } from "../../local/start/build-site.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";

const cloud = await browserCloud();
const validator = new HtmlValidate({ extends: ["html-validate:standard"] });

async function wrongIn(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}

/** Levels of the headings, in their order. */
const levels = (html: string) => [...html.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level));

/** A heading may be deeper than the one before it by one level. */
const gaps = (html: string) =>
  levels(html).filter((level, index, all) => level > (index === 0 ? 0 : all[index - 1]!) + 1);

test.each(globSync("**/*.html", { cwd: siteDir }).toSorted())(
  "%s is valid, and its outline has no gap",
  async (path) => {
    const html = readFileSync(join(siteDir, path), "utf8");
    expect(await wrongIn(html)).toEqual([]);
    expect(gaps(html)).toEqual([]);
  },
);

test("so are the pages that are rendered, in both languages", async () => {
  const saleId = await newSale(cloud, { name: "Lamp <b>& co</b>", allocated: 3 });
  const paths = [`/sale/${saleId}`, `/de/sale/${saleId}`];
  for (const locale of ["en", "de"]) paths.push(`/plain/${locale}`, `/plain/${locale}/sale/${saleId}`);
  for (const path of paths) {
    const answer = await fetch(`${cloud.siteUrl}${path}`);
    const html = await answer.text();
    expect([path, answer.status, await wrongIn(html), gaps(html)]).toEqual([path, 200, [], []]);
  }
});
