import { describe, expect, test } from "vitest";
import { courseLine, type CoursePoint, withPoint } from "./line-course.ts";

const point = (seconds: number, more: Partial<CoursePoint> = {}): CoursePoint => ({
  atMs: seconds * 1_000,
  waiting: 0,
  admitted: 0,
  bought: 0,
  lapsed: 0,
  ...more,
});

describe("the course of a line", () => {
  test("reaches from the first look to the last, and up to the largest count of all", () => {
    const points = [
      point(1, { waiting: 8 }),
      point(2, { waiting: 4, admitted: 4 }),
      point(5, { admitted: 8, bought: 2 }),
    ];
    expect(courseLine(points, "waiting", 40)).toBe("0.00,0.00 25.00,20.00 100.00,40.00");
    expect(courseLine(points, "bought", 40)).toBe("0.00,40.00 25.00,40.00 100.00,30.00");
  });

  test("is nothing before the second look", () => expect(courseLine([point(1)], "waiting", 40)).toBe(""));

  test("takes a look once, and keeps ten minutes", () => {
    const course = withPoint([], point(1));
    expect(withPoint(course, point(1))).toBe(course);
    let points: readonly CoursePoint[] = [];
    for (let i = 1; i <= 700; i++) points = withPoint(points, point(i));
    expect([points.length, points[0]!.atMs]).toEqual([600, 101_000]);
  });
});
