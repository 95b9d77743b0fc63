import { loadConfig } from "./config.ts";

/**
 * Named instants between two steps, where the fault matrix stops a process as a crash would. Anywhere but locally, and
 * whenever FAULT_POINT is not set, passing one costs a comparison and does nothing.
 */
export type FaultPoint =
  | "purchase_after_reserve"
  | "purchase_after_ledger"
  | "purchase_after_send"
  | "consumer_inside_transaction"
  | "consumer_after_adopt"
  | "consumer_after_mark"
  | "consumer_after_commit"
  | "consumer_after_copy"
  | "mailer_after_send"
  | "push_after_call"
  | "notice_after_send"
  | "payment_after_opening"
  | "payment_after_cancelling"
  | "payment_after_deciding"
  | "payment_after_capturing"
  | "payment_after_refunding"
  | "webhook_after_lease"
  | "webhook_after_call"
  | "webhook_after_report"
  | "recovery_after_begin"
  | "recovery_after_marking"
  | "recovery_before_resume"
  | "line_after_closing"
  | "line_after_pages"
  | "line_after_root"
  | "line_after_key"
  | "line_before_step"
  | "line_after_step"
  | "line_after_telling"
  | "line_before_orders"
  | "line_before_units"
  | "line_after_end"
  | "line_after_reopening"
  | "returns_after_record"
  | "archive_after_record"
  | "archive_after_removal";

type Armed = { readonly point: string; readonly signal: NodeJS.Signals; passesLeft: number };

/** Read when a point is first passed: a tool that only imports this needs no configuration. */
let armed: Armed | null | undefined;

/** `point:SIGKILL` or `point:SIGSTOP`, and `:n` to let n pass first. */
function readArmed(): Armed | null {
  const { STAGE, FAULT_POINT } = loadConfig(["FAULT_POINT"]);
  if (STAGE !== "local" || !FAULT_POINT) return null;
  const [point = "", signal, passes] = FAULT_POINT.split(":");
  return { point, signal: signal === "SIGSTOP" ? "SIGSTOP" : "SIGKILL", passesLeft: Number(passes ?? 0) };
}

/** Stops this process here if this point is armed; a stopped one goes on from here when it is thawed. */
export async function faultPoint(point: FaultPoint): Promise<void> {
  armed = armed === undefined ? readArmed() : armed;
  if (armed?.point !== point || armed.passesLeft < 0) return;
  armed.passesLeft -= 1;
  if (armed.passesLeft >= 0) return;
  process.kill(process.pid, armed.signal);
  // The signal is delivered at the next turn of the loop: nothing of the next step runs before it.
  await new Promise((resume) => setTimeout(resume, 10));
}
