import { describe, test } from "vitest";
import { browserCloud } from "./browser-cloud.ts";
import { layoutFaults, visibleTexts } from "./layout-faults.ts";
import { play, type Scene, scenes } from "./scenes.ts";
import type { Shopper } from "./shopper.ts";
import { violations } from "./violations.ts";

/** 320 px are what is left of a small laptop's window at 400 %, and of a phone's at 200 %. */
const NARROW = { width: 320, height: 640 };
/** A laptop's window of 1280 × 800 at 200 %. */
const ZOOMED = { width: 640, height: 400 };
const LOOKS = [
  { language: "en", colorScheme: "light" },
  { language: "de", colorScheme: "dark" },
] as const;

/** Written by merchants and shoppers, or the same word in both languages. */
const ANY_LANGUAGE = [
  /^(Meridian turntable|Halcyon desk lamp|Lumen field camera|Aria headphones|Opal teapot)$/,
  /^Belt drive, walnut plinth/,
  /^Back in five minutes\.$/,
  /^ord_\w+$/,
  /^(Offline|Passkeys)$/,
  /^node verify-fairness\.mjs /,
  /^#?[\d\s.,€]+$/,
];

// Without the guardian, so that a lost gate stays lost for as long as it is looked at.
const cloud = await browserCloud();

async function layoutAtEachSize(shopper: Shopper): Promise<Record<string, string[]>> {
  const { page } = shopper;
  const narrow = await layoutFaults(shopper);
  await page.setViewportSize(ZOOMED);
  const zoomed = await layoutFaults(shopper);
  await page.evaluate(`document.documentElement.style.fontSize = "200%"`);
  const largeText = await layoutFaults(shopper);
  return { narrow, zoomed, largeText };
}

/** Sees a scene in one language and colour scheme; answers the words that are on the page. */
async function look(scene: Scene, { language, colorScheme }: (typeof LOOKS)[number]) {
  const options = { viewport: NARROW, reducedMotion: "reduce", colorScheme, locale: language } as const;
  const shopper = await play(cloud, scene, options);
  const { page } = shopper;
  const seen = {
    language: await page.locator("html").getAttribute("lang"),
    violations: await violations(shopper),
    texts: await visibleTexts(shopper),
    layout: await layoutAtEachSize(shopper),
    movingParts: await page.evaluate("document.getAnimations().length"),
    state: await page.locator("main [data-state]").first().getAttribute("data-state"),
    complaints: shopper.complaints,
  };
  await shopper.context.close();
  return seen;
}

describe.concurrent(
  "every state, at 320 px, zoomed, and with large text; English and light, German and dark",
  () => {
    test.for(scenes)("$name", { timeout: 90_000 }, async (scene, { expect }) => {
      const texts: string[][] = [];
      for (const appearance of LOOKS) {
        const { texts: read, ...seen } = await look(scene, appearance);
        expect(seen).toEqual({
          language: appearance.language,
          violations: [],
          layout: { narrow: [], zoomed: [], largeText: [] },
          movingParts: 0,
          state: scene.state,
          complaints: [],
        });
        texts.push(read);
      }
      const [english, german] = texts;
      const untranslated = german?.filter((text) => english?.includes(text));
      expect(untranslated?.filter((text) => !ANY_LANGUAGE.some((pattern) => pattern.test(text)))).toEqual([]);
    });
  },
);
