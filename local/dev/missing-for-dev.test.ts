import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { missingForDev } from "./missing-for-dev.ts";

const home = mkdtempSync(join(tmpdir(), "flash-sale-home-"));
afterAll(() => rmSync(home, { recursive: true }));
const MAIL_FROM = "sale@example.com";

test("says what is missing, one thing at a time, and what to do", () => {
  expect(missingForDev({ MAIL_FROM }, home)).toMatch(/^npm run dev needs an AWS account.*AWS_PROFILE/);
  expect(missingForDev({ AWS_PROFILE: "me" }, home)).toMatch(/^npm run dev needs MAIL_FROM.*\.env/);
  expect(missingForDev({ AWS_PROFILE: "me", MAIL_FROM }, home)).toBeNull();
  expect(missingForDev({ AWS_ACCESS_KEY_ID: "key", MAIL_FROM }, home)).toBeNull();
});

test("finds credentials where AWS's own tools keep them", () => {
  mkdirSync(join(home, ".aws"));
  writeFileSync(join(home, ".aws", "config"), "");
  expect(missingForDev({ MAIL_FROM }, home)).toBeNull();
});
