// `npm run share-picture`: draws the picture that is shown wherever a sale's address is shared, from the site's own art.
import { writeFileSync } from "node:fs";
import { type Shape, saleArt } from "../../web/src/features/art/sale-art.ts";
import { Html, html } from "../../functions/pages/views/html.ts";
import { readShop } from "../../core/contract/shop.ts";
import { pages } from "../../web/texts/en/pages.ts";
import { launchChromium } from "./chromium.ts";

const FILE = "web/public/share.png";
/** What Open Graph's large previews are cut to. */
const SIZE = { width: 1200, height: 630 };
/** No sale's id: chosen for the picture that it gives. */
const SEED = "b";
const sentences = pages.list.heading.split(/(?<=\.) /);

function markup({ tag, attrs, children = [] }: Shape): Html {
  const attributes = Object.entries(attrs).map(([name, value]) => html` ${name}="${value}"`);
  const name = new Html(tag);
  return html`<${name}${attributes}>${children.map(markup)}</${name}>`;
}

const style = new Html(`
  body { margin: 0; display: grid; grid-template-columns: 570px 630px; height: 630px; background: #f6f4ef; color: #1a1714;
    font-family: system-ui, sans-serif; }
  main { padding: 0 40px 0 72px; align-self: center; }
  h1 { margin: 0; font-size: 92px; line-height: 1; letter-spacing: -4px; font-weight: 700; }
  p { margin: 28px 0 0; font-size: 34px; line-height: 1.3; color: #5f584f; }
  b { display: block; width: 84px; height: 10px; margin-bottom: 36px; background: #c2370b; border-radius: 5px; }
  svg { width: 630px; height: 630px; display: block; }`);

const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: SIZE });
  await page.setContent(
    html`<style>
        ${style}
      </style>
      <main>
        <b></b>
        <h1>${readShop(process.env).name}</h1>
        <p>${sentences.map((sentence) => html`${sentence}<br />`)}</p>
      </main>
      ${markup(saleArt(SEED))}`.text,
  );
  writeFileSync(FILE, await page.screenshot({ type: "png" }));
  console.log(`${FILE} is drawn`);
} finally {
  await browser.close();
}
