import { expect, test } from "vitest";
import { loadConfig } from "./config.ts";

const secret = "a-secret-of-its-own-with-32-characters";
const loadSecret = (STAGE: string, SESSION_SECRET: string) =>
  loadConfig(["SESSION_SECRET"], { STAGE, SESSION_SECRET });
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
};

test("reads what is asked for and the stage, frozen", () => {
  const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "SES_ENDPOINT"], {
    STAGE: "production",
    REDIS_URL: "redis://gate",
    SESSION_SECRET: "short",
  });
  expect(config).toEqual({
    STAGE: "production",
    REDIS_URL: "redis://gate",
    REDIS_CLUSTER: false,
    SES_ENDPOINT: undefined,
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test("names every wrong variable together, and no value", () => {
  const wrong = {
    STAGE: "hunter2-stage",
    REDIS_CLUSTER: "hunter2-flag",
    DATABASE_URL: "",
    SESSION_SECRET: "hunter2-short",
  };
  const message = messageOf(() =>
    loadConfig(["REDIS_CLUSTER", "DATABASE_URL", "SESSION_SECRET", "LEDGER_TABLE"], wrong),
  );
  for (const name of ["STAGE", "REDIS_CLUSTER", "DATABASE_URL", "SESSION_SECRET", "LEDGER_TABLE"])
    expect(message).toContain(name);
  expect(message).not.toContain("hunter2");
});

test.each(["dev", "preview", "production"])(
  "%s refuses the secrets that ship with the repository",
  (STAGE) => {
    const local = "local-only-secret-that-no-other-stage-accepts";
    const message = messageOf(() => loadSecret(STAGE, local));
    expect(message).toContain("SESSION_SECRET is the default for local use");
    expect(message).not.toContain(local);
    expect(loadSecret(STAGE, secret)).toMatchObject({ SESSION_SECRET: secret });
    expect(loadSecret("local", local)).toMatchObject({ STAGE: "local" });
  },
);

test("a secret has at least 32 characters, everywhere", () => {
  expect(() => loadSecret("local", "x".repeat(31))).toThrow("at least 32");
  expect(loadSecret("local", "x".repeat(32)).SESSION_SECRET).toHaveLength(32);
});
