import { expect, test } from "vitest";
import { ProviderSilent } from "./ask-provider.ts";
import { hearProvider } from "./hear-provider.ts";

/** What was noted when it went out. */
async function sentBy(doing: () => Promise<unknown>) {
  const [noted, sent]: [string[], string[][]] = [[], []];
  const metrics = {
    measure: (name: string) => void noted.push(name),
    publish: () => void sent.push([...noted]),
  };
  const answer = await hearProvider(metrics, doing).catch((error: unknown) => error);
  return { answer, sent };
}

test("what was noted goes out, whatever comes of it, and a provider that has too much to do is counted", async () => {
  expect(await sentBy(async () => "paid")).toEqual({ answer: "paid", sent: [[]] });
  const busy = new ProviderSilent("rate_limited");
  expect(await sentBy(() => Promise.reject(busy))).toEqual({
    answer: busy,
    sent: [["PaymentProviderSilent"]],
  });
  const defect = new Error("no such payment");
  expect(await sentBy(() => Promise.reject(defect))).toEqual({ answer: defect, sent: [[]] });
});
