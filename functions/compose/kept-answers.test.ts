import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { cachedASecond } from "../answer/answer.ts";
import { createKeptAnswers } from "./kept-answers.ts";

const asking = (tag?: string) =>
  ({ headers: { ...(tag && { "if-none-match": tag }) } }) as unknown as APIGatewayProxyEventV2;

function kept() {
  let nowMs = 0;
  const answer = createKeptAnswers(async (key: string) => (key === "none" ? null : { key, atMs: nowMs }), {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
  });
  return { answer, wait: (ms: number) => void (nowMs += ms) };
}

test("the same bytes are sent for a second, under one tag", async () => {
  const { answer, wait } = kept();
  const first = await answer(asking(), "a");
  wait(999);
  expect(await answer(asking(), "a")).toEqual(first);
  expect(first).toMatchObject({ status: 200, body: '{"key":"a","atMs":0}', headers: cachedASecond });
  wait(1);
  const second = await answer(asking(), "a");
  expect(second?.headers?.["etag"]).not.toBe(first?.headers?.["etag"]);
});

test("who has those bytes is told so without a body; who has others gets them", async () => {
  const { answer } = kept();
  const tag = (await answer(asking(), "a"))?.headers?.["etag"];
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
    const again = await answer(asking(known), "a");
    expect(again).toMatchObject({ status: 304, headers: { etag: tag } });
    expect(again?.body).toBeUndefined();
  }
  expect(await answer(asking('"other"'), "a")).toMatchObject({ status: 200 });
});

test("what is not there is not there", async () => {
  expect(await kept().answer(asking(), "none")).toBeNull();
});
