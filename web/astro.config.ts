import { defineConfig } from "astro/config";
import { readShop } from "../core/contract/shop.ts";
import { paletteOf } from "./src/features/brand/palette.ts";

const shop = readShop(process.env);

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
    build: { assetsInlineLimit: 0 },
    // A worker loads the code for signatures for itself.
    worker: { format: "es" },
    define: { SHOP_AS_BUILT: JSON.stringify(shop) },
    plugins: [shopColour],
  },
  devToolbar: { enabled: false },
});
