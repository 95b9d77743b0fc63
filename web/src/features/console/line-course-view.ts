import { part, setShown } from "../page/dom.ts";
import { courseLine, courseNames, type CoursePoint } from "./line-course.ts";

const SVG = "http://www.w3.org/2000/svg";
const COURSE_HEIGHT = 40;

/** Draws how a line came along since the page was opened; its numbers stand beside it as text. */
export function showCourse(panel: HTMLElement, points: readonly CoursePoint[]): void {
  const hasAny = points.some((point) => courseNames.some((name) => point[name] > 0));
  setShown(part(panel, "line-course"), hasAny && points.length > 1);
  const plot = part<SVGSVGElement>(panel, "line-course-plot");
  for (const name of courseNames) {
    const present = plot.querySelector(`.course-${name}`);
    const line = present ?? document.createElementNS(SVG, "polyline");
    if (!present) {
      line.setAttribute("class", `course-${name}`);
      plot.append(line);
    }
    line.setAttribute("points", courseLine(points, name, COURSE_HEIGHT));
  }
}
