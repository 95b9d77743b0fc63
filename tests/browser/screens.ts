// `npm run screens`: a picture of every state, phone and desktop, light and dark, English and German. Arguments choose scenes
// by name.
import { mkdirSync } from "node:fs";
import { buildSite } from "../../local/start/build-site.ts";
import { startBrowserCloud } from "./browser-cloud.ts";
import { consoleScenes } from "./console-scenes.ts";
import { play, type Scene, scenes } from "./scenes.ts";

const FOLDER = ".local/screens";
const viewports = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

const names = process.argv.slice(2);
const isChosen = ({ name }: Scene) => names.length === 0 || names.includes(name);
mkdirSync(FOLDER, { recursive: true });
await buildSite();
// One cloud for all, since a process holds no second one; without the guardian, so that a lost gate stays lost for its
// picture. The console's own scenes come last, and bring the guardian along.
const cloud = await startBrowserCloud();
try {
  for (const scene of scenes.filter(isChosen)) {
    await take(scene, "en-GB");
    await take(scene, "de-DE");
    console.log(scene.name);
  }
  for (const scene of consoleScenes.filter(isChosen)) {
    await take(scene, "en-GB");
    await take(scene, "de-DE");
    console.log(scene.name);
  }
} finally {
  await cloud.stop();
}
console.log(`The pictures are in ${FOLDER}/.`);

async function take(scene: Scene, locale: string): Promise<void> {
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
