import { describe, expect, test } from "vitest";
import { Calendar } from "./calendar.ts";
import { SharedCores } from "./shared-cores.ts";
import { Station } from "./station.ts";

const MACHINE = 1;

/** Plays stations until nothing is left; answers who left when. */
function play(calendar: Calendar, stations: readonly Station[], cores?: SharedCores): [number, number][] {
  const left: [number, number][] = [];
  const leave = (kind: number, subject: number) => {
    stations.find((station) => station.kind === kind)?.left();
    left.push([subject, Math.round(calendar.nowMs)]);
  };
  while (calendar.next()) {
    if (calendar.kind !== MACHINE) leave(calendar.kind, calendar.subject);
    else {
      const job = cores?.due(calendar.subject);
      if (job) leave(job.kind, job.subject);
    }
  }
  return left;
}

test("a station serves in the order of coming, as many at once as it has servers", () => {
  const calendar = new Calendar();
  const station = new Station(calendar, { name: "till", servers: 2, kind: 16 });
  for (const subject of [0, 1, 2, 3, 4]) station.enter(subject, 10);
  expect(play(calendar, [station]).map(([, atMs]) => atMs)).toEqual([10, 10, 20, 20, 30]);
  expect(station).toMatchObject({ served: 5, busyMs: 50, waitedMs: 40, mostWaiting: 3 });
});

/** A thread for each of the works, all begun at once. */
const run = (cores: number, works: readonly number[]) => {
  const calendar = new Calendar();
  const shared = new SharedCores(calendar, cores, MACHINE);
  const stations = works.map(
    (_, index) => new Station(calendar, { name: "", servers: 1, kind: 16 + index, cores: shared }),
  );
  works.forEach((ms, index) => stations[index]!.enter(index, ms));
  return play(calendar, stations, shared);
};

describe("cores that are shared", () => {
  test("a thread has one core at most", () => {
    expect(run(4, [10, 30])).toEqual([
      [0, 10],
      [1, 30],
    ]);
  });

  test("more threads than cores go on more slowly, each alike, until one is done", () => {
    expect(run(1, [10, 30])).toEqual([
      [0, 20],
      [1, 40],
    ]);
    expect(run(2, [10, 10, 10]).map(([, atMs]) => atMs)).toEqual([15, 15, 15]);
  });
});
