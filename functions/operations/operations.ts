import { operate, type OperationResult, UsageError } from "../../ops/operations/operate.ts";
import { operationDependencies } from "../../ops/operations/operation-dependencies.ts";

/** Runs an operator's command in the deployed stage: invoke it with `{"words": ["dead-letters", "list"]}`. */
export async function handler(event: { readonly words?: readonly string[] }): Promise<OperationResult> {
  try {
    return await operate(await operationDependencies(), event.words ?? []);
  } catch (error) {
    if (error instanceof UsageError) return { isWell: false, output: error.message };
    throw error;
  }
}
