import { afterAll, expect, test } from "vitest";
import { startMailbox } from "../../local/mailbox/mailbox.ts";
import { testDynamo } from "../../tests/support/test-aws.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testLine } from "../../tests/support/test-line.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { mailClient } from "../clients/mail.ts";
import { closeClients } from "../opened.ts";
import { startStopwatch, systemClock } from "../clock.ts";
import type { Language } from "../contract/language.ts";
import { createAddresses } from "../identity/addresses.dynamo.ts";
import type { Mailer } from "../identity/mail.ses.ts";
import type { BuyerId } from "../ids.ts";
import { logLine } from "../log.ts";
import type { Sale } from "../sale/sale.ts";
import { createPost } from "../mail/post.ts";
import { leaveLine } from "./leave.ts";
import { createResultTeller, type TellDependencies } from "./tell-results.ts";

const stores = await testStores();
const at = testLine(stores);
const addresses = createAddresses(testDynamo(stores.dynamoEndpoint), stores.identityTable);
const mailbox = await startMailbox(0);
afterAll(async () => {
  await closeClients();
  await mailbox.stop();
});
const iso = (ms: number) => new Date(ms).toISOString();
const sendMail = await mailClient({
  STAGE: "local",
  MAIL_FROM: "shop@example.com",
  SES_ENDPOINT: mailbox.url,
});

type Told = TellDependencies & { readonly sendMail: Mailer; readonly mailsPerSecond: number };
const deps: Told = {
  ...at,
  saleOf: (saleId) => at.records.get(saleId),
  addresses,
  sendMail,
  resultMail: (language, { name }, result) => ({
    subject: `${language} ${result.kind}`,
    text: `${name} ${JSON.stringify(result)}`,
  }),
  mailsPerSecond: 1_000,
  clock: systemClock,
  warn: () => {},
  measure: () => {},
};
const runMs = 20_000;
/** A run of one function: all mails go through one post. */
function tellerOf(of: Told) {
  const tell = createResultTeller(of);
  return (forMs: number) => {
    const passedMs = startStopwatch(systemClock);
    return tell(createPost(of, () => passedMs() < forMs));
  };
}
const mailsTo = async (email: string) => {
  const answer = await fetch(`${mailbox.url}/mailbox/api?to=${email}`);
  return ((await answer.json()) as { mails: { subject: string; text: string }[] }).mails;
};
const emailOf = (buyerId: BuyerId) => `${buyerId}@example.com`;
const subjectsOf = async (people: readonly BuyerId[]) =>
  (await Promise.all(people.map((buyerId) => mailsTo(emailOf(buyerId))))).map((mails) =>
    mails.map(({ subject }) => subject),
  );

/** A draw of three units in which so many people take part, as far as its round has come. */
async function aDraw(people: number, isLetIn = true) {
  const nowMs = Date.now();
  const mode = {
    kind: "draw",
    closesAt: iso(nowMs - 60_000),
    resultAt: iso(nowMs - 45_000),
    turnSeconds: 300,
  } as const;
  const saleId = await at.makeSale(mode, nowMs - 20_000);
  const entrants: BuyerId[] = [];
  for (let i = 0; i < people; i++) {
    const buyerId = aBuyer();
    await addresses.put(buyerId, { email: emailOf(buyerId), language: "en" }, nowMs);
    const language: Language = i % 2 === 0 ? "en" : "de";
    await at.join(saleId, 1, buyerId, null, language);
    entrants.push(buyerId);
  }
  const guardian = at.guardian();
  await at.look(guardian, saleId, nowMs - 59_000);
  await at.look(guardian, saleId, nowMs - 50_000);
  const drawIt = async () => {
    await at.bringRound(saleId, 0);
    return at.look(guardian, saleId, nowMs - 30_000);
  };
  const letIn = async () => {
    for (const agoMs of [19_000, 18_000]) await at.look(guardian, saleId, nowMs - agoMs);
  };
  if (isLetIn) {
    await drawIt();
    await letIn();
  }
  return { saleId, entrants, nowMs, drawIt, letIn };
}

const saleWith =
  (change: Partial<Sale>): TellDependencies["saleOf"] =>
  async (saleId) => {
    const sale = await at.records.get(saleId);
    return sale && { ...sale, ...change };
  };
const refusesByName: Mailer = async ({ to }) => {
  throw Object.assign(new Error(`no mail to ${to}`), { name: "MessageRejected" });
};

const won = (subjects: readonly string[][]) =>
  subjects.flat().filter((subject) => subject.endsWith(" won")).length;

test("each entrant of a draw is told once, in the language they joined in", async () => {
  const { saleId, entrants } = await aDraw(5);
  const tellResults = tellerOf(deps);
  expect(await at.results.owed()).toContain(saleId);
  await tellResults(runMs);
  await tellerOf(deps)(runMs);
  const subjects = await subjectsOf(entrants);
  expect(subjects.map((all) => all.length)).toEqual([1, 1, 1, 1, 1]);
  expect(won(subjects)).toBe(3);
  expect(subjects.map(([subject]) => subject!.slice(0, 2))).toEqual(["en", "de", "en", "de", "en"]);
  expect(await at.results.owed()).not.toContain(saleId);
  const notSelected = (await Promise.all(entrants.map((buyerId) => mailsTo(emailOf(buyerId)))))
    .flat()
    .filter(({ subject }) => subject.endsWith("not_selected"));
  const places = notSelected.map(({ text }) => JSON.parse(text.replace("Sneaker ", "")) as unknown);
  expect(places).toHaveLength(2);
  for (const place of [4, 5]) expect(places).toContainEqual({ kind: "not_selected", place, entries: 5 });
});

test("nobody is told before the winners have their turns", async () => {
  const { entrants, drawIt, letIn } = await aDraw(2, false);
  const { lists, steps } = await drawIt();
  expect([lists[0]!.key === null, steps.length]).toEqual([false, 0]);
  await tellerOf(deps)(runMs);
  expect(await subjectsOf(entrants)).toEqual([[], []]);
  await letIn();
  await tellerOf(deps)(runMs);
  expect(await subjectsOf(entrants)).toEqual([["en won"], ["de won"]]);
});

test("two at once tell each entrant once", async () => {
  const { entrants } = await aDraw(6);
  await Promise.all([tellerOf(deps)(runMs), tellerOf(deps)(runMs)]);
  await tellerOf(deps)(runMs);
  expect((await subjectsOf(entrants)).map((all) => all.length)).toEqual([1, 1, 1, 1, 1, 1]);
});

test("who has withdrawn, or has no address, gets none, and nobody waits for them", async () => {
  const { saleId, entrants, nowMs, drawIt, letIn } = await aDraw(3, false);
  const nobody = aBuyer();
  await leaveLine({ ...at, nowMs: () => nowMs }, saleId, entrants[0]!);
  await drawIt();
  await letIn();
  const known = {
    of: async (ids: readonly BuyerId[]) => addresses.of(ids.filter((id) => id !== entrants[1])),
  };
  await tellerOf({ ...deps, addresses: known })(runMs);
  expect(await subjectsOf([...entrants, nobody])).toEqual([[], [], ["en won"], []]);
  expect(await at.results.owed()).not.toContain(saleId);
});

test("a run that dies between two mails is gone on with, and a mail that was not answered is sent once more", async () => {
  const { saleId, entrants } = await aDraw(3);
  let sent = 0;
  const dies: Mailer = async (mail) => {
    if (++sent === 2) throw new Error("the line broke after the mail was taken");
    await sendMail(mail);
  };
  await tellerOf({ ...deps, sendMail: dies })(runMs);
  expect((await subjectsOf(entrants)).flat()).toHaveLength(2);
  expect(await at.results.owed()).toContain(saleId);
  await tellerOf(deps)(runMs);
  expect((await subjectsOf(entrants)).flat(), "not at once: it may have gone out").toHaveLength(2);
  const later = { ...systemClock, nowMs: () => Date.now() + 300_001 };
  await tellerOf({ ...deps, clock: later })(runMs);
  expect((await subjectsOf(entrants)).map((all) => all.length)).toEqual([1, 1, 1]);
  expect(await at.results.owed()).not.toContain(saleId);
});

test("a post that takes nothing costs nobody their mail", async () => {
  const { saleId, entrants } = await aDraw(2);
  const surelyNot = [
    { name: "TooManyRequestsException" },
    { name: "InternalServiceErrorException" },
    { name: "AccessDeniedException" },
    { code: "ECONNREFUSED" },
  ];
  for (const why of surelyNot) {
    const refuses: Mailer = async () => {
      throw Object.assign(new Error("not taken"), why);
    };
    await tellerOf({ ...deps, sendMail: refuses })(runMs);
  }
  await tellerOf(deps)(runMs);
  expect((await subjectsOf(entrants)).map((all) => all.length)).toEqual([1, 1]);
  expect(await at.results.owed()).not.toContain(saleId);
});

test("a post that is slower than agreed is waited for, and nobody loses their mail", async () => {
  const { saleId, entrants } = await aDraw(5);
  let lastAtMs = 0;
  const slow: Mailer = async (mail) => {
    const nowMs = performance.now();
    if (nowMs - lastAtMs < 100)
      throw Object.assign(new Error("slower"), { name: "TooManyRequestsException" });
    lastAtMs = nowMs;
    await sendMail(mail);
  };
  // The quicker the machine, the more of them come too soon, and wait for the next run.
  for (let i = 0; i < 6; i++) await tellerOf({ ...deps, sendMail: slow, mailsPerSecond: 50 })(runMs);
  expect((await subjectsOf(entrants)).map((all) => all.length)).toEqual([1, 1, 1, 1, 1]);
  expect(await at.results.owed()).not.toContain(saleId);
});

test("a mail that was silent twice is given up, and counted once", async () => {
  const { saleId, entrants } = await aDraw(2);
  const measured: string[] = [];
  const silent: Mailer = async (mail) => {
    if (mail.to === emailOf(entrants[0]!)) throw new Error("no answer");
    await sendMail(mail);
  };
  const run = (laterMs: number) =>
    tellerOf({
      ...deps,
      sendMail: silent,
      measure: (name) => void measured.push(name),
      clock: { ...systemClock, nowMs: () => Date.now() + laterMs },
    })(runMs);
  for (const laterMs of [0, 300_001]) await run(laterMs);
  expect([measured, (await at.results.owed()).includes(saleId)]).toEqual([[], true]);
  for (const laterMs of [600_002, 900_003]) await run(laterMs);
  expect([measured, (await at.results.owed()).includes(saleId)]).toEqual([["MailsGivenUp"], false]);
});

test("an address that is refused for good is let go", async () => {
  const { saleId, entrants } = await aDraw(2);
  const $metadata = { httpStatusCode: 400 };
  const rejected = Object.assign(new Error("no"), { name: "MessageRejected", $metadata });
  const refused: Mailer = async (mail) => {
    if (mail.to === emailOf(entrants[0]!)) throw rejected;
    await sendMail(mail);
  };
  await tellerOf({ ...deps, sendMail: refused })(runMs);
  expect(await subjectsOf(entrants)).toEqual([[], ["de won"]]);
  expect(await at.results.owed()).not.toContain(saleId);
});

test("winners are told before anybody else", async () => {
  const { entrants } = await aDraw(9);
  const order: string[] = [];
  const notes: Mailer = async ({ to, subject }) => {
    if (entrants.some((buyerId) => to === emailOf(buyerId))) order.push(subject.slice(3));
  };
  await tellerOf({ ...deps, sendMail: notes })(runMs);
  expect(order).toEqual([...Array<string>(3).fill("won"), ...Array<string>(6).fill("not_selected")]);
});

test("a winner whose turn or sale is over is not told that units are kept", async () => {
  const { saleId, entrants } = await aDraw(1);
  const later = { ...systemClock, nowMs: () => Date.now() + 600_000 };
  const read: typeof at.logs.read = async (...asked) => {
    const state = await at.logs.read(...asked);
    return {
      ...state,
      steps: state.steps.map((step) => ({ ...step, lapsesAtMs: step.holdsFromMs + 309_000 })),
    };
  };
  await tellerOf({ ...deps, clock: later, logs: { read } })(runMs);
  expect(await subjectsOf(entrants)).toEqual([["en won_before"]]);
  const other = await aDraw(1);
  await tellerOf({ ...deps, saleOf: saleWith({ state: "ended" }) })(runMs);
  expect(await subjectsOf(other.entrants)).toEqual([["en won_before"]]);
  expect(await at.results.owed()).not.toContain(saleId);
});

test("a winner whose turn goes on beyond its time, since the sale stood still, is told that units are kept", async () => {
  const { entrants } = await aDraw(1);
  const later = { ...systemClock, nowMs: () => Date.now() + 600_000 };
  await tellerOf({ ...deps, clock: later })(runMs);
  expect(await subjectsOf(entrants)).toEqual([["en won"]]);
});

test("a draw that ended before its turns is told of once its sale is closed: until then it may go on", async () => {
  const [over, extended] = [await aDraw(1, false), await aDraw(1, false)];
  for (const { saleId, nowMs, drawIt } of [over, extended]) {
    await drawIt();
    const state = await at.look(at.guardian(), saleId, nowMs - 29_000, {}, { endsAtMs: nowMs - 29_500 });
    expect(state).toMatchObject({ end: "ended", steps: [] });
  }
  const both = [...over.entrants, ...extended.entrants];
  await tellerOf(deps)(runMs);
  expect(await subjectsOf(both)).toEqual([[], []]);
  await extended.letIn();
  await tellerOf(deps)(runMs);
  expect(await subjectsOf(both)).toEqual([[], ["en won"]]);
  await tellerOf({ ...deps, saleOf: saleWith({ closedAtMs: Date.now() }) })(runMs);
  expect(await subjectsOf(both)).toEqual([["en ended"], ["en won"]]);
});

test("no log says whose mail was not taken", async () => {
  const { entrants } = await aDraw(1);
  const logged: string[] = [];
  const warn: TellDependencies["warn"] = (message, details) =>
    void logged.push(logLine("WARN", message, details, new Date()));
  await tellerOf({ ...deps, sendMail: refusesByName, warn })(runMs);
  expect(logged.join()).toContain("MessageRejected");
  expect(logged.join()).not.toContain(entrants[0]!);
});

test("mails go out at the agreed pace", async () => {
  const { entrants } = await aDraw(4);
  const startMs = performance.now();
  await tellerOf({ ...deps, mailsPerSecond: 10 })(runMs);
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(300);
  expect((await subjectsOf(entrants)).flat()).toHaveLength(4);
});
