import { fileURLToPath } from "node:url";
import { collection } from "./collection.ts";

export const collectionFile = fileURLToPath(new URL("./flash-sale.json", import.meta.url));

/** The collection as its file. */
export const renderCollection = (): string => `${JSON.stringify(collection(), null, 2)}\n`;
