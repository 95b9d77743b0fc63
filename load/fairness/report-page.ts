import { cellsOf, columns } from "./format-table.ts";
import { LEAST_RATIO } from "./judge-launch.ts";
import type { FairnessReport } from "./report.ts";

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const tag = (name: string, cells: readonly string[]) =>
  cells.map((cell) => `<${name}>${escaped(cell)}</${name}>`).join("");

const BAR = { left: 270, width: 560, height: 22, gap: 10 };
/** Ratios beyond it are drawn as far as it, with their number. */
const MOST_DRAWN = 2;

/** A page that needs nothing else: the verdict, a bar for each launch's honest share, the table, and where it was run. */
export function reportPage(report: FairnessReport): string {
  const { results, size, surroundings, isFair, tooLittle } = report;
  const wrong = [...results.flatMap((result) => result.wrong), ...tooLittle];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fairness · ${isFair ? "FAIR" : "NOT FAIR"}</title>
<style>
body{margin:0 auto;max-width:62rem;padding:2.5rem 1.5rem;color:#1c1f24;font:15px/1.5 system-ui,sans-serif}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
td,th{padding:.35rem .6rem;border-bottom:1px solid #dfe3e8;text-align:right}
td:first-child,th:first-child{text-align:left}
.verdict{padding:.9rem 1.1rem;border-left:5px solid ${isFair ? "#1a7f4b" : "#b3261e"};background:#f4f6f8}
</style>
<h1>Fairness</h1>
<p class="verdict"><b>${isFair ? "FAIR" : "NOT FAIR"}</b>: ${size.people} people at each launch, ${size.honestShare * 100} % of them honest, ${size.units} units, seed ${size.seed}.</p>
${wrong.length > 0 ? `<ul>${tag("li", wrong)}</ul>` : ""}
<h2>What honest people got of their ideal share</h2>
${chart(report)}
<h2>Launches</h2>
<table><tr>${tag("th", columns)}</tr>${results.map((result) => `<tr>${tag("td", cellsOf(result))}</tr>`).join("\n")}</table>
<p>Ideal: each who stands where the honest do, in their lane of the first list, has the same chance of a unit. 1.00 is the ideal share; the line at ${LEAST_RATIO} is the least in a room or draw with defences on, and of a small crowd less, since lots alone take more. With defences honest people must have twice what lots give them without.</p>
<p>${escaped(`${surroundings.revision} · ${surroundings.hardware} · ${surroundings.system} · Node ${surroundings.versions["node"]}`)}</p>
</html>
`;
}

function chart({ results }: FairnessReport): string {
  const step = BAR.height + BAR.gap;
  const height = results.length * step + BAR.gap;
  const at = (ratio: number) => (Math.min(ratio, MOST_DRAWN) / MOST_DRAWN) * BAR.width;
  const least = BAR.left + at(LEAST_RATIO);
  const bars = results.map((result, index) => {
    const y = BAR.gap + index * step;
    const { ratio } = result.shares;
    const fill = result.wrong.length > 0 ? "#b3261e" : result.plan.hasDefences ? "#1a7f4b" : "#8a94a3";
    const text = `y="${y + 15}" font-size="12"`;
    return `<text x="${BAR.left - 8}" ${text} text-anchor="end">${escaped(cellsOf(result)[0]!)}</text>
<rect x="${BAR.left}" y="${y}" width="${Math.max(1, at(ratio)).toFixed(1)}" height="${BAR.height}" fill="${fill}"/>
<text x="${(BAR.left + at(ratio) + 6).toFixed(1)}" ${text}>${ratio.toFixed(2)}</text>`;
  });
  return `<svg role="img" aria-label="Ratio of the honest share to the ideal, by launch" viewBox="0 0 ${BAR.left + BAR.width + 60} ${height}" width="100%">
${bars.join("\n")}
<line x1="${least}" x2="${least}" y1="0" y2="${height}" stroke="#1c1f24" stroke-dasharray="4 3"/>
</svg>`;
}
