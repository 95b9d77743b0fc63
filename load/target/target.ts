import type { SaleId } from "../../core/ids.ts";
import type { SignedIn } from "../local-session.ts";
import type { JudgedSale } from "../report/report.ts";
import type { Versions } from "../report/surroundings.ts";
import type { ClientAnswer } from "../verdict/client-answer.ts";

/** Where load is sent to, and who judges there. */
export type LoadTarget = {
  /** Where the API is now. */
  apiUrl(): string;
  /** The data folder of the local cloud; null: a deployed stage. */
  readonly dataDir: string | null;
  readonly operatorToken: string;
  /** So many shoppers who are signed in, each used once. */
  sessions(count: number): Promise<readonly SignedIn[]>;
  /** Of the stores; none of a stage: they cannot be asked from outside. */
  versions(): Promise<Versions>;
  /** The verdict on a sale by exact counts, once it has come to rest. */
  judge(saleId: SaleId, log: readonly ClientAnswer[]): Promise<JudgedSale>;
};
