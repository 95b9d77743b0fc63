import type uPlot from "uplot";
import { formatCount, formatTime } from "../page/format.ts";
import { part } from "../page/dom.ts";
import { rateNames, type RatePoint } from "./rates.ts";

export const PLOT_HEIGHT = 220;
/** Ticks at whole seconds and whole attempts. */
const STEPS = [1, 2, 5]
  .flatMap((step) => [1, 10, 100, 1e3, 1e4, 1e5].map((unit) => step * unit))
  .sort((a, b) => a - b);

/** How the plot looks in the page's present colours. */
export function plotOptions(root: HTMLElement, host: HTMLElement): uPlot.Options {
  /** Canvas knows no CSS variables: each line takes the colour that its legend entry has on the page. */
  const colorOf = (name: string) => getComputedStyle(part(root, `legend-${name}`)).color;
  const { color, borderTopColor } = getComputedStyle(host);
  const grid = { stroke: borderTopColor, width: 1 };
  const axis = {
    stroke: color,
    incrs: STEPS,
    grid,
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  return {
    width: host.clientWidth,
    height: PLOT_HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_self, _min, max) => [0, Math.max(1, max ?? 1)] } },
    axes: [
      { ...axis, space: 90, size: 32, values: (_self, splits) => splits.map((s) => formatTime(s * 1000)) },
      { ...axis, size: 52, values: (_self, splits) => splits.map((value) => formatCount(value)) },
    ],
    series: [
      {},
      ...rateNames.map((name) => ({
        stroke: colorOf(name),
        width: 2,
        points: { show: false },
        ...(name === "rowsWritten" && { dash: [5, 4] }),
      })),
    ],
  };
}

/** The points as columns: times first, then a column for each line. */
export const plotData = (points: readonly RatePoint[]): uPlot.AlignedData => [
  points.map((point) => point.atSeconds),
  ...rateNames.map((name) => points.map((point) => point[name])),
];
