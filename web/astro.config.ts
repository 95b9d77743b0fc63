import { defineConfig } from "astro/config";

// The Content-Security-Policy allows no inline script or style, so nothing may be inlined, however small it is.
export default defineConfig({
  output: "static",
  trailingSlash: "ignore",
  build: { format: "directory", inlineStylesheets: "never" },
  vite: { build: { assetsInlineLimit: 0 } },
  devToolbar: { enabled: false },
});
