// `npm run preflight -- <sale>`: go or no-go for a sale of the stage that was last deployed from here.
import type { OperationResult } from "./operations/operation.ts";
import { invoke, readDeployedStage } from "./deployed-stage.ts";
import { readStageFacts } from "./stage-facts.ts";

try {
  const stage = readDeployedStage();
  const words = ["preflight", process.argv[2] ?? "", JSON.stringify(await readStageFacts(stage))];
  const { isWell, output } = await invoke<OperationResult>(stage.region, stage.operations, { words });
  console.log(output);
  process.exitCode = isWell ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
