import { defineConfig } from "vitest/config";

/** Lua is imported as text, as in the bundles. */
const luaAsText = {
  name: "lua-as-text",
  transform: (code: string, id: string) =>
    id.endsWith(".lua") ? `export default ${JSON.stringify(code)}` : undefined,
};

const exclude = ["**/node_modules/**", "**/dist/**"];

export default defineConfig({
  plugins: [luaAsText],
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["**/*.test.ts"], exclude: [...exclude, "**/*.int.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.int.test.ts"],
          exclude,
          globalSetup: "tests/global-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
