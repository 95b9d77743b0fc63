import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DOCUMENT, documentParts, partOf } from "../load/capacity/report/document.ts";
import { readServiceTimes, STORED } from "../load/capacity/service-times.ts";

/** In six of its runs a million press Buy: three quarters of a minute of one core, longer on a busy machine. */
const TIME_LIMIT_MS = 600_000;

/** The formatter of documents sets a table's columns its own way. */
const comparable = (text: string) => text.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");

test(
  "docs/capacity.md says what the command says for the stored service times",
  () => {
    const document = readFileSync(DOCUMENT, "utf8");
    for (const [name, part] of documentParts(readServiceTimes(STORED)))
      expect(comparable(partOf(document, name)), name).toBe(comparable(part));
  },
  TIME_LIMIT_MS,
);
