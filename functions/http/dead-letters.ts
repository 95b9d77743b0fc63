import { deadLetterList } from "../../core/orders/redrive.ts";
import { deadLetters } from "../compose/dead-letters.ts";
import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("deadLetters", async () => ({
  status: 200,
  body: deadLetterList(await (await deadLetters()).list()),
}));
