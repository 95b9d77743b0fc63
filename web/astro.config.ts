import { defineConfig } from "astro/config";
import { readShop } from "../core/contract/shop.ts";
import { paletteOf } from "./src/features/brand/palette.ts";

const shop = readShop(process.env);

/**
 * What every page with a session loads anyway, or most do, and is small: in one file it takes a third less than in a dozen, each of
 * which would repeat its imports and be compressed by itself.
 */
const common =
  /\/web\/src\/features\/(?:page\/(?:dom|poll|browser-keep|chip-view|waits|format|channel)|api\/(?:api|request|contract)|identity\/(?:session|signed-in-view)|purchase\/new-key|order\/order-words|clock\/server-clock)\.ts$|\/web\/texts\/(?:texts|locale)\.ts$|\/core\/contract\/(?:translations|problem-kinds|sign-in-code|order-state)\.ts$|preload-helper/;

/** The shop's colour in the place of ours, in the one style that every page has, with script and without. */
const shopColour = {
  name: "shop-colour",
  enforce: "pre",
  transform: (code: string, id: string) =>
    shop.accent !== "" && /\/styles\/base\.css(?:\?|$)/.test(id)
      ? `${code}\n${paletteOf(shop.accent)}\n`
      : null,
} as const;

// The Content-Security-Policy allows no inline script or style, so nothing may be inlined, however small it is.
export default defineConfig({
  output: "static",
  trailingSlash: "ignore",
  build: { format: "directory", inlineStylesheets: "never" },
  vite: {
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: "common", test: common }] } } },
    },
    // A worker loads the code for signatures for itself.
    worker: { format: "es" },
    define: { SHOP_AS_BUILT: JSON.stringify(shop) },
    plugins: [shopColour],
  },
  devToolbar: { enabled: false },
});
