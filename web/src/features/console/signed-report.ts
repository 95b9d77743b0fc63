import type { ReportStatement, SignedStatement } from "../api/contract.ts";
import type { Reply } from "../api/request.ts";
import { consoleApi } from "./console-api.ts";
import { readCsvPages } from "./save-file.ts";

const ATTEMPTS = 3;
const LOG_PAGE_LINES = 1_000;

/** A signed report with what its hashes are of, as verify-evidence.mjs reads it. */
export type ReportBundle = {
  readonly report: SignedStatement;
  readonly orders: string;
  /** Null: the sale has no line. */
  readonly log: string | null;
};

export type ReportOutcome =
  | { readonly kind: "collected"; readonly bundle: ReportBundle }
  | { readonly kind: "refused"; readonly reply: Exclude<Reply<unknown>, { kind: "ok" }> }
  /** Orders changed while they were collected, each time. */
  | { readonly kind: "moved" };

/** Collects a report, its orders and its log; again where an order changed in between, since then they do not fit. */
export async function collectReport(saleId: string): Promise<ReportOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const reply = await consoleApi.signedReport(saleId);
    if (reply.kind !== "ok") return { kind: "refused", reply };
    const report = reply.value;
    const said = readPayload(report.payload);
    const pages = await readCsvPages((after) => consoleApi.reportOrdersPath(saleId, after), "text/plain");
    const log = said.log === null ? null : await readLog(saleId, said.log.lines);
    if (pages === null || log === undefined) return { kind: "refused", reply: { kind: "no_answer" } };
    const orders = pages.join("");
    if ((await sha256(orders)) === said.orders.sha256)
      return { kind: "collected", bundle: { report, orders, log } };
  }
  return { kind: "moved" };
}

function readPayload(payload: string): ReportStatement {
  const text = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  return JSON.parse(new TextDecoder().decode(bytes)) as ReportStatement;
}

/** As many lines as were signed; undefined: they did not come. */
async function readLog(saleId: string, lines: number): Promise<string | undefined> {
  const texts: string[] = [];
  for (let page = 0; page * LOG_PAGE_LINES < lines; page++) {
    try {
      const url = `/api/sale/${encodeURIComponent(saleId)}/fairness/log/${page}`;
      const response = await fetch(url, { credentials: "omit" });
      if (!response.ok) return undefined;
      texts.push(await response.text());
    } catch {
      return undefined;
    }
  }
  const found = texts.join("").split("\n").slice(0, lines);
  return found.length === lines ? found.map((line) => `${line}\n`).join("") : undefined;
}

async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
