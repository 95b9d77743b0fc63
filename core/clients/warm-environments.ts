import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { WarmEnvironments } from "../preflight/warm-environments.lambda.ts";

type WarmConfig = Config<"PURCHASE_FUNCTION" | "PURCHASE_ALIAS" | "LAMBDA_ENDPOINT">;

export const warmEnvironments = (config: WarmConfig): Promise<WarmEnvironments> =>
  once("warm", async () => {
    const [{ LambdaClient }, { awsClientSettings }, { createWarmEnvironments }] = await Promise.all([
      import("@aws-sdk/client-lambda"),
      import("../aws/sdk-settings.ts"),
      import("../preflight/warm-environments.lambda.ts"),
    ]);
    const lambda = new LambdaClient(awsClientSettings(config.LAMBDA_ENDPOINT));
    const client = createWarmEnvironments(lambda, config.PURCHASE_FUNCTION, config.PURCHASE_ALIAS);
    return { client, close: async () => lambda.destroy() };
  });
