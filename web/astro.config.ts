import { defineConfig } from "astro/config";
import { readShop } from "../core/contract/shop.ts";

// The Content-Security-Policy allows no inline script or style, so nothing may be inlined, however small it is.
export default defineConfig({
  output: "static",
  trailingSlash: "ignore",
  build: { format: "directory", inlineStylesheets: "never" },
  vite: {
    build: { assetsInlineLimit: 0, modulePreload: false },
    // A worker loads the code for signatures for itself.
    worker: { format: "es" },
    define: { __SHOP__: JSON.stringify(readShop(process.env)) },
  },
  devToolbar: { enabled: false },
});
