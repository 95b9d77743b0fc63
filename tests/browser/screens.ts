// `npm run screens`: a picture of every state, phone and desktop, light and dark, English and German. Arguments choose scenes
// by name.
import { mkdirSync } from "node:fs";
import { buildSite } from "../../local/start/build-site.ts";
import { type BrowserCloud, startBrowserCloud } from "./browser-cloud.ts";
import { consoleScenes } from "./console-scenes.ts";
import { play, type Scene, scenes } from "./scenes.ts";

const FOLDER = ".local/screens";
const viewports = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

const wanted = process.argv.slice(2);
const isWanted = ({ name }: Scene) => wanted.length === 0 || wanted.includes(name);
mkdirSync(FOLDER, { recursive: true });
await buildSite();
// Without the guardian, so that a lost gate stays lost for its picture; the console shows the guardian at work.
await takeAll(scenes.filter(isWanted), ["en-GB", "de-DE"], false);
await takeAll(consoleScenes.filter(isWanted), ["en-GB"], true);
console.log(`The pictures are in ${FOLDER}/.`);

async function takeAll(some: readonly Scene[], locales: readonly string[], guardian: boolean): Promise<void> {
  if (some.length === 0) return;
  const cloud = await startBrowserCloud({ guardian });
  try {
    for (const scene of some) {
      for (const locale of locales) await take(cloud, scene, locale);
      console.log(scene.name);
    }
  } finally {
    await cloud.stop();
  }
}

async function take(cloud: BrowserCloud, scene: Scene, locale: string): Promise<void> {
  const { page, context } = await play(cloud, scene, {
    viewport: viewports.phone,
    reducedMotion: "reduce",
    locale,
  });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [name, size] of Object.entries(viewports)) {
      await page.setViewportSize(size);
      const path = `${FOLDER}/${scene.name}-${locale.slice(0, 2)}-${name}-${colorScheme}.png`;
      await page.screenshot({ path });
    }
  }
  await context.close();
}
