import { describe, test } from "vitest";
import { browserCloud } from "./browser-cloud.ts";
import { play, scenes } from "./scenes.ts";
import { violations } from "./violations.ts";

/** 320 px are what is left of a small laptop's window at 400 %, and of a phone's at 200 %. */
const NARROW = { width: 320, height: 640 };

// Without the guardian, so that a lost gate stays lost for as long as it is looked at.
const cloud = await browserCloud();

describe.concurrent("every state, at 320 px, light and dark", () => {
  test.for(scenes)("$name", { timeout: 60_000 }, async (scene, { expect }) => {
    const shopper = await play(cloud, scene, { viewport: NARROW, reducedMotion: "reduce" });
    const { page } = shopper;
    expect(await violations(shopper), "light").toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(shopper), "dark").toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth"), "width").toBe(NARROW.width);
    expect(await page.evaluate("document.getAnimations().length"), "moving parts").toBe(0);
    expect(await page.locator("main [data-state]").first().getAttribute("data-state")).toBe(scene.state);
    expect(shopper.complaints).toEqual([]);
    await shopper.context.close();
  });
});
