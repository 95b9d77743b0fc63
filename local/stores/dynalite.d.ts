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
