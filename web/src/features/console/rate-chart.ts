import type uPlot from "uplot";
import { consoleTexts as texts } from "../../../texts/console.ts";
import { formatCount } from "../page/format.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { PLOT_HEIGHT, plotData, plotOptions } from "./rate-plot.ts";
import { rateNames, type RatePoint } from "./rates.ts";

/** Two minutes at one look a second. */
const POINTS_KEPT = 120;

export type RateChart = { readonly add: (point: RatePoint) => void };

/**
 * The one chart: rates per second. Its legend is text beside it, so that nothing is told by the picture alone.
 *
 * The library comes apart from the page. While it loads it asks `Intl` for the browser's first language, which throws where
 * that is no language tag (see locale-tag.ts): the console then goes on without the picture, and says so.
 */
export function createRateChart(root: HTMLElement): RateChart {
  const host = part(root, "chart");
  const points: RatePoint[] = [];
  let plot: uPlot | undefined;

  function drawWith(Plot: typeof uPlot): void {
    const draw = () => {
      plot?.destroy();
      plot = new Plot(plotOptions(root, host), plotData(points), host);
    };
    draw();
    new ResizeObserver(() => plot?.setSize({ width: host.clientWidth, height: PLOT_HEIGHT })).observe(host);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  }
  import("uplot").then(
    ({ default: Plot }) => drawWith(Plot),
    () => {
      setShown(host, false);
      setShown(part(root, "no-chart"), true);
    },
  );

  return {
    add: (point) => {
      points.push(point);
      if (points.length > POINTS_KEPT) points.shift();
      plot?.setData(plotData(points));
      for (const name of rateNames) {
        const rate = point[name];
        setText(part(root, `rate-${name}`), rate === null ? texts.unknown : formatCount(Math.round(rate)));
      }
    },
  };
}
