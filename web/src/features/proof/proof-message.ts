import type { Seen } from "./check-line.ts";
import type { Report } from "./report.ts";

/** What the page asks of its worker. */
export type ProofRequest = { readonly saleId: string; readonly seen: Seen };

/** What the worker tells of its work. */
export type ProofMessage =
  | { readonly kind: "reading"; readonly read: number; readonly all: number }
  | { readonly kind: "deriving" }
  | { readonly kind: "done"; readonly report: Report }
  /** There is no such line, or a file of it did not come. */
  | { readonly kind: "unreadable"; readonly why: string };
