// `npm run postman`: makes the collection anew from the OpenAPI document.
import { writeFileSync } from "node:fs";
import { collectionFile, renderCollection } from "./render.ts";

writeFileSync(collectionFile, renderCollection());
console.log("postman-collection/flash-sale.json is written.");
