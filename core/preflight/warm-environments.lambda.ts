import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  type LambdaClient,
  ProvisionedConcurrencyConfigNotFoundException,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";

import type { SaleId } from "../ids.ts";
import type { Touch } from "./touch.ts";

export type Warmth = { readonly requested: number; readonly available: number };
export type WarmEnvironments = ReturnType<typeof createWarmEnvironments>;

/** The purchase's warm environments: provisioned concurrency of its alias. */
export function createWarmEnvironments(client: LambdaClient, functionName: string, alias: string) {
  const target = { FunctionName: functionName, Qualifier: alias };

  async function read(): Promise<Warmth> {
    try {
      const answer = await client.send(new GetProvisionedConcurrencyConfigCommand(target));
      return {
        requested: answer.RequestedProvisionedConcurrentExecutions ?? 0,
        available: answer.AvailableProvisionedConcurrentExecutions ?? 0,
      };
    } catch (error) {
      if (error instanceof ProvisionedConcurrencyConfigNotFoundException)
        return { requested: 0, available: 0 };
      throw error;
    }
  }

  return {
    read,
    /** Has so many environments at once see to their connections to a sale's gate; answers how many calls Lambda took. */
    async touch(saleId: SaleId, environments: number): Promise<number> {
      const Payload = JSON.stringify({ touch: saleId } satisfies Touch);
      const call = () => client.send(new InvokeCommand({ ...target, InvocationType: "Event", Payload }));
      const calls = await Promise.allSettled(Array.from({ length: environments }, call));
      return calls.filter(({ status }) => status === "fulfilled").length;
    },
    /** Asks for so many, or lets all go. Lambda takes a minute or more to have them. */
    async request(count: number): Promise<void> {
      const { requested } = await read();
      if (requested === count) return;
      if (count === 0) await client.send(new DeleteProvisionedConcurrencyConfigCommand(target));
      else
        await client.send(
          new PutProvisionedConcurrencyConfigCommand({ ...target, ProvisionedConcurrentExecutions: count }),
        );
    },
  };
}
