import type { LineNumbers } from "../api/contract.ts";

export const courseNames = ["waiting", "admitted", "bought", "lapsed"] as const;
type CourseName = (typeof courseNames)[number];
export type CoursePoint = { readonly atMs: number } & Readonly<Record<CourseName, number>>;

/** Ten minutes at one look a second. */
const POINTS_KEPT = 600;

/** What a look at the line adds to its course. */
export function coursePoint({ line, lists }: LineNumbers): CoursePoint {
  const sum = (name: CourseName) => lists.reduce((total, row) => total + row[name], 0);
  const counts = Object.fromEntries(courseNames.map((name) => [name, sum(name)])) as Record<
    CourseName,
    number
  >;
  return { atMs: Date.parse(line.serverTime), ...counts };
}

/** The points with one more; a look that is no later than the last one says nothing new. */
export const withPoint = (points: readonly CoursePoint[], point: CoursePoint): readonly CoursePoint[] =>
  point.atMs <= (points.at(-1)?.atMs ?? 0) ? points : [...points, point].slice(-POINTS_KEPT);

/** The corners of one line of the picture, in a box of 100 × `height`; "" while there is nothing to draw. */
export function courseLine(points: readonly CoursePoint[], name: CourseName, height: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return "";
  const most = Math.max(1, ...points.flatMap((point) => courseNames.map((course) => point[course])));
  const x = ({ atMs }: CoursePoint) => ((atMs - first.atMs) / (last.atMs - first.atMs)) * 100;
  return points
    .map((point) => `${x(point).toFixed(2)},${(height - (point[name] / most) * height).toFixed(2)}`)
    .join(" ");
}
