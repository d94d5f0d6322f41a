// The charts of the selected queue, drawn by uPlot.

import uPlot from "./vendor/uplot/uPlot.esm.js";
import { byId, h, setAttribute, setText } from "./dom.js";
import { count, duration, rate } from "./format.js";

const HEIGHT = 150;
const WINDOWS_S = [60, 120, 300, 900];
const AXIS_FONT = "11px system-ui, sans-serif";

/** Columns are those of history.js, the time being 0. */
const CHARTS = [
  {
    id: "chart-depth",
    title: "Depth",
    format: count,
    least: 4,
    series: [
      { label: "in the queue", column: 1, colour: "--water", isFilled: true },
      { label: "ready", column: 2, colour: "--delayed" },
      { label: "leased", column: 3, colour: "--leased" },
      { label: "capacity", column: 4, colour: "--soft", dash: [4, 4], isLimit: true },
    ],
  },
  {
    id: "chart-rates",
    title: "Items a second",
    format: rate,
    least: 1,
    series: [
      { label: "put", column: 5, colour: "--put" },
      { label: "taken", column: 6, colour: "--take" },
      { label: "acked", column: 7, colour: "--ack", dash: [6, 3] },
    ],
  },
  {
    id: "chart-wait-produce",
    title: "Producers’ wait",
    format: duration,
    least: 10,
    series: [
      { label: "p99", column: 9, colour: "--put", isFilled: true },
      { label: "p50", column: 8, colour: "--put", dash: [4, 3] },
    ],
  },
  {
    id: "chart-wait-consume",
    title: "Consumers’ wait",
    format: duration,
    least: 10,
    series: [
      { label: "p99", column: 11, colour: "--take", isFilled: true },
      { label: "p50", column: 10, colour: "--take", dash: [4, 3] },
    ],
  },
];

export function startCharts(model) {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let charts = CHARTS.map((wanted) => new Chart(wanted));
  const draw = () => charts.forEach((chart) => chart.draw(model.current?.history));
  dark.addEventListener("change", () => {
    charts.forEach((chart) => chart.remove());
    charts = CHARTS.map((wanted) => new Chart(wanted));
    draw();
  });
  model.addEventListener("sample", draw);
  model.addEventListener("selected", draw);
  model.addEventListener("queues", () => charts.forEach((chart) => chart.fit()));
}

class Chart {
  #wanted;
  #plot;
  #host = h("div", { class: "plot", role: "img" });
  #values;
  #nowS = Date.now() / 1000;
  #windowS = WINDOWS_S[0];
  #hovered = null;
  #observer = new ResizeObserver(() => this.fit());

  constructor(wanted) {
    this.#wanted = wanted;
    const style = getComputedStyle(document.documentElement);
    this.#values = wanted.series.map(() => h("b", {}, "–"));
    const legend = wanted.series.map((one, at) =>
      h("span", { class: "key", "data-colour": one.colour.slice(2), "data-dashed": Boolean(one.dash) }, h("i"), `${one.label} `, this.#values[at]),
    );
    byId(wanted.id).replaceChildren(h("figcaption", {}, h("h2", {}, wanted.title), h("p", { class: "legend" }, ...legend)), this.#host);
    this.#plot = new uPlot(this.#options((name) => style.getPropertyValue(name).trim()), [[], ...wanted.series.map(() => [])], this.#host);
    this.#observer.observe(this.#host);
  }

  /** A figure that was not shown had no width. */
  fit() {
    const width = this.#host.clientWidth;
    if (width > 0 && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: HEIGHT });
    }
  }

  draw(history) {
    const columns = history?.columns ?? [[]];
    this.#nowS = Date.now() / 1000;
    const spanS = columns[0].length > 0 ? this.#nowS - columns[0][0] : 0;
    this.#windowS = WINDOWS_S.find((windowS) => windowS >= spanS) ?? WINDOWS_S[WINDOWS_S.length - 1];
    this.#plot.setData([columns[0], ...this.#wanted.series.map((one) => columns[one.column] ?? [])]);
    this.#say();
  }

  remove() {
    this.#observer.disconnect();
    this.#plot.destroy();
  }

  /** The figures under the pointer, or else the last ones. */
  #say() {
    const times = this.#plot.data[0];
    const at = this.#hovered ?? times.length - 1;
    const texts = this.#wanted.series.map((one, index) => {
      const value = this.#plot.data[index + 1][at];
      return value === null || value === undefined ? "–" : this.#wanted.format(value);
    });
    texts.forEach((text, index) => setText(this.#values[index], text));
    const said = this.#wanted.series.map((one, index) => `${one.label} ${texts[index]}`).join(", ");
    setAttribute(this.#host, "aria-label", `${this.#wanted.title}, now: ${said}`);
  }

  #options(colour) {
    const axis = { stroke: colour("--soft"), font: AXIS_FONT, grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
    return {
      width: 320,
      height: HEIGHT,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, sync: { key: "weir" }, points: { size: 6 }, y: false },
      padding: [8, 16, 0, 0],
      scales: {
        x: { time: true, range: () => [this.#nowS - this.#windowS, this.#nowS] },
        y: { range: () => [0, this.#top()] },
      },
      axes: [
        { ...axis, size: 22, gap: 4, space: 70, values: (plot, splits) => splits.map((split) => this.#ago(split)), splits: () => this.#instants() },
        { ...axis, size: 54, gap: 6, space: 32, values: (plot, splits) => splits.map(this.#wanted.format) },
      ],
      series: [
        {},
        ...this.#wanted.series.map((one) => ({
          label: one.label,
          stroke: colour(one.colour),
          width: one.isLimit ? 1 : 1.75,
          dash: one.dash,
          fill: one.isFilled ? `${colour(one.colour)}22` : undefined,
          points: { show: false },
        })),
      ],
      hooks: {
        setCursor: [
          (plot) => {
            this.#hovered = plot.cursor.idx ?? null;
            this.#say();
          },
        ],
      },
    };
  }

  /** A limit counts only where the rest comes near it: a line at the bottom says nothing. */
  #top() {
    const most = (isLimit) =>
      this.#wanted.series.reduce(
        (top, one, at) => (Boolean(one.isLimit) === isLimit ? this.#plot.data[at + 1].reduce((a, b) => Math.max(a, b ?? 0), top) : top),
        0,
      );
    const figures = Math.max(most(false), this.#wanted.least);
    const limit = most(true);
    return 1.1 * (limit <= 3 * figures ? Math.max(limit, figures) : figures);
  }

  #instants() {
    const step = this.#windowS / (this.#windowS === 900 ? 3 : this.#windowS === 300 ? 5 : 4);
    const found = [];
    for (let ago = 0; ago <= this.#windowS; ago += step) {
      found.unshift(this.#nowS - ago);
    }
    return found;
  }

  #ago(instantS) {
    const ago = Math.round(this.#nowS - instantS);
    return ago === 0 ? "now" : ago === this.#windowS ? "" : ago % 60 === 0 ? `−${ago / 60} min` : `−${ago} s`;
  }
}
