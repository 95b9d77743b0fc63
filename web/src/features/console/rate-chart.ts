import uPlot from "uplot";
import { formatCount, formatTime } from "../page/format.ts";
import { part, setText } from "../page/dom.ts";
import { rateNames, type RatePoint } from "./rates.ts";

/** Two minutes at one look a second. */
const POINTS_KEPT = 120;
const HEIGHT = 220;
/** Ticks at whole seconds and whole attempts. */
const STEPS = [1, 2, 5]
  .flatMap((step) => [1, 10, 100, 1e3, 1e4, 1e5].map((unit) => step * unit))
  .sort((a, b) => a - b);

export type RateChart = { readonly add: (point: RatePoint) => void };

/** The one chart: rates per second. Its legend is text beside it, so that nothing is told by the picture alone. */
export function createRateChart(root: HTMLElement): RateChart {
  const host = part(root, "chart");
  const points: RatePoint[] = [];
  let plot: uPlot | undefined;

  /** Canvas knows no CSS variables: each line takes the colour that its legend entry has on the page. */
  const colorOf = (name: string) => getComputedStyle(part(root, `legend-${name}`)).color;

  function draw(): void {
    plot?.destroy();
    const { color } = getComputedStyle(host);
    const grid = { stroke: getComputedStyle(host).borderTopColor, width: 1 };
    const font = "12px system-ui, sans-serif";
    const axis = { stroke: color, incrs: STEPS, grid, ticks: { show: false }, font };
    plot = new uPlot(
      {
        width: host.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { y: { range: (_self, _min, max) => [0, Math.max(1, max ?? 1)] } },
        axes: [
          {
            ...axis,
            space: 90,
            size: 32,
            values: (_self, splits) => splits.map((s) => formatTime(s * 1000)),
          },
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
      },
      data(),
      host,
    );
  }
  const data = (): uPlot.AlignedData => [
    points.map((point) => point.atSeconds),
    ...rateNames.map((name) => points.map((point) => point[name])),
  ];

  draw();
  new ResizeObserver(() => plot?.setSize({ width: host.clientWidth, height: HEIGHT })).observe(host);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  return {
    add: (point) => {
      points.push(point);
      if (points.length > POINTS_KEPT) points.shift();
      plot?.setData(data());
      for (const name of rateNames) {
        const rate = point[name];
        setText(part(root, `rate-${name}`), rate === null ? "–" : formatCount(Math.round(rate)));
      }
    },
  };
}
