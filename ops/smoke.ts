// `npm run smoke`: one purchase on the stage that was just deployed from here, end to end.
import { invoke, readDeployedStage } from "./deployed-stage.ts";
import { smokePurchase, type SmokeSessions } from "../core/canary/smoke-purchase.http.ts";

try {
  const { site, region, smokeSessions } = readDeployedStage();
  const sessions = await invoke<SmokeSessions>(region, smokeSessions, {});
  console.log(`The smoke purchase is confirmed: ${await smokePurchase(site, sessions)}`);
} catch (error) {
  console.error(`The smoke purchase failed: ${(error as Error).message}`);
  process.exitCode = 1;
}
