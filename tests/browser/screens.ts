// `npm run screens`: a picture of every state, phone and desktop, light and dark. Arguments choose scenes by name.
import { mkdirSync } from "node:fs";
import { buildSite } from "../../local/start/build-site.ts";
import { startBrowserCloud } from "./browser-cloud.ts";
import { play, scenes } from "./scenes.ts";

const FOLDER = ".local/screens";
const viewports = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

const wanted = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
await buildSite();
const cloud = await startBrowserCloud();
try {
  for (const scene of scenes) {
    if (wanted.length > 0 && !wanted.includes(scene.name)) continue;
    const { page, context } = await play(cloud, scene, {
      viewport: viewports.phone,
      reducedMotion: "reduce",
    });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [name, size] of Object.entries(viewports)) {
        await page.setViewportSize(size);
        await page.screenshot({ path: `${FOLDER}/${scene.name}-${name}-${colorScheme}.png` });
      }
    }
    await context.close();
    console.log(scene.name);
  }
} finally {
  await cloud.stop();
}
console.log(`The pictures are in ${FOLDER}/.`);
