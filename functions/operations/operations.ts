import { operate } from "../../ops/operations/operate.ts";
import { type OperationResult, UsageError } from "../../ops/operations/operation.ts";
import { operationDependencies } from "../../ops/operations/operation-dependencies.ts";

type Command = {
  readonly words?: readonly string[];
  /** Who gives it, as they call themselves; CloudTrail has who invoked this function. */
  readonly by?: string;
};

/** Runs an operator's command in the deployed stage: invoke it with `{"words": ["dead-letters", "list"], "by": "Ann"}`. */
export async function handler(event: Command): Promise<OperationResult> {
  try {
    return await operate(await operationDependencies(), event.words ?? [], event.by);
  } catch (error) {
    if (error instanceof UsageError) return { isWell: false, output: error.message };
    throw error;
  }
}
