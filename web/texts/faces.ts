/** What the console shows of a sale's phase; it speaks English only. */
export { phases } from "./en/faces.ts";
