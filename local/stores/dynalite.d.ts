declare module "dynalite" {
  import type { Server } from "node:http";
  export default function dynalite(options: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
  }): Server;
}

declare module "dynalite/db/conditionParser.js" {
  const parser: { parse: (condition: string, options: unknown) => unknown };
  export default parser;
}

declare module "dynalite/db/index.js" {
  export type Table = { readonly TableName: string };
  export type Done = (error: unknown, table?: Table) => void;
  export type Store = {
    /** Calls about items give the callback at once; those about the table say before whether it must be there. */
    getTable: (name: string, ...rest: [done: Done] | [mustBeActive: boolean, done: Done]) => void;
    readonly tableDb: {
      put: (name: string, table: Table, done: Done) => void;
      del: (name: string, done: Done) => void;
    };
  };
  const db: { create: (options: unknown) => Store };
  export default db;
}
