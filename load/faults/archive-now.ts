import type { Stage } from "./fault.ts";

/** Archives the sale, by the operators' command, if it is closed; answers whether it was. */
export const archiveNow = async ({ cloud, crowd }: Stage): Promise<boolean> =>
  (await cloud.command("archive", crowd.saleId)).isWell;
