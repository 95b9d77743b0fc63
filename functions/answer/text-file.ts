import { type Answer, cachedASecond, cachedForEver } from "./answer.ts";

/** A page of a public file. One that is complete never changes. */
export const textFile = (body: string, isComplete: boolean): Answer => ({
  status: 200,
  body,
  headers: {
    "content-type": "text/plain; charset=utf-8",
    ...(isComplete ? cachedForEver : cachedASecond),
  },
});
