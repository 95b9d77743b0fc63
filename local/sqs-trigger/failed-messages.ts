/**
 * The ids of a batch's messages that failed, by the function's partial batch response.
 *
 * As on AWS: no answer or an empty list means that all succeeded; an answer that cannot be understood, an empty id or an id
 * that is not in the batch means that all failed.
 */
export function failedMessages(ids: ReadonlySet<string>, answer: unknown): ReadonlySet<string> {
  const none: ReadonlySet<string> = new Set();
  if (answer === null || answer === undefined || answer === "") return none;
  if (typeof answer !== "object") return ids;
  if (!("batchItemFailures" in answer)) return none;
  const failures: unknown = answer.batchItemFailures;
  if (failures === null || failures === undefined) return none;
  if (!Array.isArray(failures)) return ids;
  const failed = new Set<string>();
  for (const failure of failures as unknown[]) {
    const id = isObject(failure) ? failure["itemIdentifier"] : undefined;
    if (typeof id !== "string" || !ids.has(id)) return ids;
    failed.add(id);
  }
  return failed;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
