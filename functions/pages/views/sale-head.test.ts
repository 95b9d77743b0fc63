import { describe, expect, test } from "vitest";
import type { SaleStatus } from "../../../core/contract/sale.ts";
import { readShop } from "../../../core/contract/shop.ts";
import { pictureIdOf, type SaleId } from "../../../core/ids.ts";
import { plainWordsIn } from "../../../web/texts/plain.ts";
import { saleHead } from "./sale-head.ts";
import { saleJsonLd } from "./sale-json-ld.ts";

const sale: SaleStatus = {
  saleId: "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId,
  name: "Meridian turntable",
  description: "Belt drive,\nwalnut plinth.",
  translations: {},
  priceMinor: 34_900,
  currency: "EUR",
  picture: null,
  purchaseLimit: 2,
  payment: { kind: "none" },
  withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" },
  guests: { kind: "everybody" },
  mode: { kind: "open" },
  phase: "scheduled",
  startsAt: "2026-11-27T09:00:00.000Z",
  endsAt: null,
  stock: null,
  serverTime: "2026-11-27T08:00:00.000Z",
  pollAfterMs: 1000,
};
const SITE = "https://shop.example.com";
const textOf = (settings: Partial<SaleStatus> = {}, isListed = true) =>
  saleHead({ ...sale, ...settings }, plainWordsIn("en", readShop({})), SITE, isListed).text;
const dataOf = (text: string): unknown =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? "null");

const tags = (markup: string) => markup.match(/<[^>]*>/g)?.map((tag) => tag.split(/[\s>]/, 1)[0]);
const offerOf = (settings: Partial<SaleStatus>) =>
  (saleJsonLd({ ...sale, ...settings }, SITE, SITE) as { offers: Record<string, unknown> }).offers;

test("a preview in the page's own language, with addresses that work anywhere", () => {
  const german = saleHead(sale, plainWordsIn("de", readShop({})), SITE, true).text.replaceAll("\u00a0", " ");
  expect(german).toContain(`<link rel="canonical" href="${SITE}/de/sale/${sale.saleId}" />`);
  expect(german).toContain('<meta property="og:locale" content="de_DE" />');
  expect(german).toContain("349,00 €. Beginnt Fr., 27. Nov. 2026, 09:00 UTC. Belt drive, walnut plinth.");
  expect(textOf()).toContain(`<meta property="og:image" content="${SITE}/share.png" />`);
});

test("search engines are asked to leave out what is in no list, and nothing else", () => {
  const robots = '<meta name="robots" content="noindex" />';
  expect([textOf({}, false).includes(robots), textOf({}, true).includes(robots)]).toEqual([true, false]);
});

describe("a sale with a picture", () => {
  const picture = {
    id: pictureIdOf("a".repeat(64)),
    alt: 'A "Meridian" <turntable>',
    format: "webp",
  } as const;
  const url = `${SITE}/api/picture/${picture.id}/1200.jpg`;

  test("is shared with its JPEG, by an address that works anywhere, its true size and its words", () => {
    const text = textOf({ picture });
    expect(text.match(/<meta property="og:image.*?>/g)).toEqual([
      `<meta property="og:image" content="${url}" />`,
      '<meta property="og:image:width" content="1200" />',
      '<meta property="og:image:height" content="900" />',
      '<meta property="og:image:alt" content="A &quot;Meridian&quot; &lt;turntable&gt;" />',
    ]);
    expect(dataOf(text)).toMatchObject({ image: url });
  });

  test("is fetched before any script asks for it, in the width that the window can show", () => {
    const [link = ""] = /<link\s+rel="preload"[^>]*>/.exec(textOf({ picture })) ?? [];
    expect(link).toContain('type="image/webp"');
    expect(link).toContain(`/api/picture/${picture.id}/480.webp 480w, `);
    expect(textOf()).not.toContain("preload");
  });
});

test("a long description ends in an ellipsis, not in the middle of the screen", () => {
  const [, content = ""] =
    /og:description" content="([^"]*)"/.exec(textOf({ description: "word ".repeat(99) })) ?? [];
  expect(content.length).toBeLessThanOrEqual(200);
  expect(content).toMatch(/word…$/);
});

test.each([
  `</script><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `Tom & "Jerry" <3`,
  "\u2028 </SCRIPT",
])("a product called %j stays text, and is told exactly", (name) => {
  const text = textOf({ name, description: name });
  expect(tags(text)).toEqual(tags(textOf()));
  expect(dataOf(text)).toMatchObject({ name, description: name });
});

describe("what is said of availability comes from the settings alone", () => {
  test.each(["scheduled", "open", "recovering", "paused", "sold_out"] as const)(
    "%s: when, not whether",
    (phase) => {
      const offer = offerOf({ phase });
      expect(offer).toMatchObject({ availabilityStarts: sale.startsAt, validFrom: sale.startsAt });
      expect(offer).not.toHaveProperty("availability");
    },
  );

  test("ended: nothing more is sold", () => {
    const endsAt = "2026-11-28T09:00:00.000Z";
    expect(offerOf({ phase: "ended", endsAt })).toMatchObject({
      availability: "https://schema.org/Discontinued",
      availabilityEnds: endsAt,
      validThrough: endsAt,
    });
  });

  test.each([
    [34_900, "EUR", "349.00"],
    [5, "EUR", "0.05"],
    [1200, "JPY", "1200"],
    [1234, "KWD", "1.234"],
  ])("%i of %s is %s", (priceMinor, currency, price) => {
    expect(offerOf({ priceMinor, currency })).toMatchObject({ price, priceCurrency: currency });
  });
});

test("what is shared of a German page is in German, as far as it was translated", () => {
  const known = { ...sale, translations: { de: { name: "Plattenspieler", description: "" } } };
  const text = saleHead(known, plainWordsIn("de", readShop({})), SITE, true).text;
  expect(text).toContain('<meta property="og:title" content="Plattenspieler" />');
  expect(text).toContain("Belt drive, walnut plinth.");
  expect(saleHead(known, plainWordsIn("en", readShop({})), SITE, true).text).not.toContain("Plattenspieler");
});
