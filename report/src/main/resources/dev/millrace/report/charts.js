"use strict";
// Charts that need no memory of their own: each takes numbers and a width, and gives an element. Text of the data goes
// into the page as text nodes only.

const dark = matchMedia("(prefers-color-scheme: dark)");

const heat = () => d3.interpolateRgbBasis(dark.matches
  ? ["#171d25", "#16395c", "#1c6a96", "#3aa6b0", "#9ad8a0", "#fbf6b4"]
  : ["#ffffff", "#d8eaf4", "#93c7df", "#4796bf", "#1f6399", "#12305e"]);

const grouped = d3.format(",");
const short = (x) => x === 0 ? "0" : Math.abs(x) >= 1e5 || Math.abs(x) < 1e-3 ? d3.format(".2~e")(x) : d3.format(".3~f")(x);
const nats = (x, sign = "") => d3.format(sign + (Math.abs(x) >= 100 ? ".1f" : ".3f"))(x);
const clipped = (name) => name.length > 28 ? name.slice(0, 27) + "…" : name;

const base = (width, height, options) => Plot.plot({
  width, height,
  style: {background: "transparent", color: "var(--ink)", fontSize: "12.5px", fontFamily: "inherit"},
  ...options,
});

/** Ticks that fit: about one every so many pixels. */
const ticks = (width, every = 75) => Math.max(2, Math.floor(width / every));

const axisX = (width, label) => ({label, ticks: ticks(width), tickFormat: short, labelAnchor: "center", labelArrow: "none", nice: false});
const axisY = (height, label) => ({label, ticks: ticks(height, 55), tickFormat: short, labelArrow: "none"});

/** Edges and heights of bins as the points of a line. */
function steps(edges, heights) {
  const points = [[edges[0], 0]];
  heights.forEach((height, i) => points.push([edges[i], height], [edges[i + 1], height]));
  points.push([edges[edges.length - 1], 0]);
  return points;
}

function pointsOf(flat) {
  return d3.range(flat.length / 2).map((i) => [flat[2 * i], flat[2 * i + 1]]);
}

function densityChart(grid, names, width, highest) {
  const [minX, maxX, minY, maxY] = grid.window;
  return base(width, width, {
    marginLeft: 46, marginBottom: 40, marginTop: 8, marginRight: 8,
    ariaLabel: "Heat map of a density",
    x: {...axisX(width, clipped(names[0])), domain: [minX, maxX]},
    y: {...axisY(width, clipped(names[1])), domain: [minY, maxY]},
    color: {type: "linear", domain: [0, highest], interpolate: heat(), clamp: true},
    marks: [Plot.raster(grid.density, {width: grid.cells, height: grid.cells, x1: minX, y1: minY, x2: maxX, y2: maxY, imageRendering: "auto"})],
  });
}

function overlayChart(plane, names, width) {
  const [minX, maxX, minY, maxY] = plane.learned.window;
  const dot = (rows, fill) => Plot.dot(pointsOf(rows), {x: "0", y: "1", r: 1.6, fill, fillOpacity: 0.55});
  return base(width, width, {
    marginLeft: 46, marginBottom: 40, marginTop: 8, marginRight: 8,
    ariaLabel: "Scatter plot of real and drawn rows",
    x: {...axisX(width, clipped(names[0])), domain: [minX, maxX]},
    y: {...axisY(width, clipped(names[1])), domain: [minY, maxY]},
    marks: [dot(plane.real, "var(--real)"), dot(plane.drawn, "var(--drawn)")],
  });
}

function likelihoodChart(likelihood, width) {
  const bars = [{name: "flow", ...likelihood.model, color: "var(--drawn)"}];
  if (likelihood.baseline) bars.push({name: "Gaussian", ...likelihood.baseline, color: "var(--grey)"});
  if (likelihood.truth && likelihood.truth.mean !== null) bars.push({name: "true density", ...likelihood.truth, color: "var(--truth)"});
  const low = (bar) => bar.mean - 1.96 * (bar.error ?? 0);
  const high = (bar) => bar.mean + 1.96 * (bar.error ?? 0);
  const span = d3.max(bars, high) - d3.min(bars, low) || 1;
  return base(width, 70 + 46 * bars.length, {
    marginLeft: 96, marginRight: 28, marginBottom: 42,
    ariaLabel: "Mean log-likelihood with error bars",
    x: {...axisX(width, "nats a row: more is better →"), domain: [d3.min(bars, low) - 0.15 * span, d3.max(bars, high) + 0.15 * span], grid: true},
    y: {label: null, domain: bars.map((bar) => bar.name), tickSize: 0},
    marks: [
      Plot.ruleY(bars, {y: "name", x1: low, x2: high, stroke: "color", strokeWidth: 3, strokeLinecap: "round"}),
      Plot.dot(bars, {y: "name", x: "mean", r: 6, fill: "color"}),
      Plot.text(bars, {y: "name", x: "mean", dy: -15, text: (bar) => nats(bar.mean), fill: "var(--ink)", fontWeight: 600}),
    ],
  });
}

function historyChart(history, width) {
  const line = (values) => values.map((value, i) => ({epoch: i + 1, value})).filter((point) => point.value !== null);
  const train = line(history.train);
  const validation = line(history.validation);
  const all = [...train, ...validation].map((point) => point.value).sort(d3.ascending);
  // The first epochs are far below; a quantile keeps them from flattening the rest.
  const low = all.length > 40 ? d3.quantile(all, 0.04) : all[0];
  const high = all[all.length - 1];
  const margin = 0.06 * (high - low || 1);
  return base(width, 260, {
    marginLeft: 52, marginRight: 16, marginBottom: 40,
    ariaLabel: "Log-likelihood by epoch",
    x: {...axisX(width, "epoch"), tickFormat: "d", domain: [1, Math.max(2, history.train.length)], ticks: Math.min(ticks(width), history.train.length)},
    y: {...axisY(260, "nats a row"), domain: [low - margin, high + margin], grid: true},
    marks: [
      Plot.line(train, {x: "epoch", y: "value", stroke: "var(--real)", strokeOpacity: 0.85, clip: true}),
      Plot.line(validation, {x: "epoch", y: "value", stroke: "var(--drawn)", strokeWidth: 2, clip: true}),
      history.best ? Plot.ruleX([history.best], {stroke: "var(--soft)", strokeDasharray: "3,3"}) : null,
      train.length === 1 ? Plot.dot([...train, ...validation], {x: "epoch", y: "value"}) : null,
    ],
  });
}

const setColors = {"training rows": "var(--real)", "rows drawn by the flow": "var(--drawn)"};

function logProbChart(logProb, width) {
  return base(width, 260, {
    marginLeft: 46, marginBottom: 40,
    ariaLabel: "Distribution of log p",
    x: axisX(width, "log p of a row, in nats"),
    y: {...axisY(260, "share of rows per nat"), grid: true},
    marks: logProb.sets.map((set) => Plot.line(steps(logProb.edges, set.density), {
      x: "0", y: "1", stroke: setColors[set.name] ?? "var(--truth)", strokeWidth: 1.8,
    })),
  });
}

function marginalChart(column, width) {
  return base(width, 170, {
    marginLeft: 44, marginBottom: 26, marginTop: 8, marginRight: 10,
    ariaLabel: "Histogram of a column, real and drawn rows",
    x: {...axisX(width, null), ticks: ticks(width, 90)},
    y: {...axisY(170, null), ticks: 3},
    marks: [
      Plot.areaY(steps(column.edges, column.real), {x: "0", y1: 0, y2: "1", fill: "var(--real)", fillOpacity: 0.35}),
      Plot.line(steps(column.edges, column.drawn), {x: "0", y: "1", stroke: "var(--drawn)", strokeWidth: 1.8}),
    ],
  });
}

function scatterChart(pair, rows, color, width) {
  const range = (axis) => d3.extent([...pair.real[axis], ...pair.drawn[axis]].sort(d3.ascending).filter((_, i, all) => i >= 0.002 * all.length && i <= 0.998 * all.length));
  return base(width, width, {
    marginLeft: 44, marginBottom: 40, marginTop: 24, marginRight: 6,
    ariaLabel: "Scatter plot of two columns",
    x: {...axisX(width, clipped(pair.x)), domain: range(0), clamp: false},
    y: {...axisY(width, clipped(pair.y)), domain: range(1)},
    marks: [Plot.dot(d3.range(rows[0].length), {x: (i) => rows[0][i], y: (i) => rows[1][i], r: 1.5, fill: color, fillOpacity: 0.5, clip: true})],
  });
}

function quantileChart(quantiles, width) {
  const at = d3.range(quantiles.expected.length);
  const domain = [quantiles.expected[0] * 1.15, quantiles.expected[at.length - 1] * 1.15];
  return base(width, width, {
    marginLeft: 30, marginBottom: 30, marginTop: 20, marginRight: 6,
    ariaLabel: "Quantiles of a latent entry against the base's",
    x: {domain, label: null, ticks: 4}, y: {domain, label: `z${quantiles.entry}`, ticks: 4, labelArrow: "none"},
    marks: [
      Plot.areaY(at, {x: (i) => quantiles.expected[i], y1: (i) => quantiles.low[i], y2: (i) => quantiles.high[i], fill: "var(--band)", clip: true}),
      Plot.line([domain[0], domain[1]], {x: (d) => d, y: (d) => d, stroke: "var(--soft)", strokeDasharray: "3,3"}),
      Plot.line(at, {x: (i) => quantiles.expected[i], y: (i) => quantiles.found[i], stroke: "var(--accent)", strokeWidth: 2, clip: true}),
    ],
  });
}

function correlationChart(lines, width) {
  const side = Math.min(width, 380);
  const cells = lines.flatMap((line, i) => line.map((value, j) => ({i: i + 1, j: j + 1, value})));
  const few = lines.length <= 8;
  return base(side, side, {
    marginLeft: 34, marginBottom: 34, marginTop: 6, marginRight: 6, padding: 0.03,
    ariaLabel: "Correlation matrix of the latent's entries",
    x: {label: null, tickFormat: (i) => few || i % 5 === 0 ? `z${i}` : "", tickSize: 0},
    y: {label: null, tickFormat: (i) => few || i % 5 === 0 ? `z${i}` : "", tickSize: 0},
    color: {type: "linear", domain: [-1, 0, 1], range: dark.matches ? ["#e08a3c", "#232c37", "#58a8e0"] : ["#c9641a", "#f1f3f6", "#1f6399"]},
    marks: [
      Plot.cell(cells, {x: "j", y: "i", fill: "value"}),
      few ? Plot.text(cells, {x: "j", y: "i", text: (cell) => d3.format(".2f")(cell.value), fill: (cell) => Math.abs(cell.value) > 0.5 ? "#fff" : "var(--ink)"}) : null,
    ],
  });
}

function layerChart(layers, width, horizontal, marks) {
  return base(width, 40 + 17 * layers.length, {
    marginLeft: 112, marginBottom: 40, marginRight: 16, marginTop: 6,
    x: {...axisX(width, horizontal), grid: true},
    y: {label: null, domain: d3.range(layers.length), tickFormat: (i) => `${i + 1} ${layers[i].name}`, tickSize: 0},
    marks: [Plot.ruleX([0], {stroke: "var(--soft)"}), ...marks],
  });
}

const logDetChart = (layers, width) => layerChart(layers, width, "log-det, in nats", [
  Plot.ruleY(layers, {y: (_, i) => i, x1: "low", x2: "high", stroke: "var(--accent)", strokeOpacity: 0.4, strokeWidth: 7}),
  Plot.dot(layers, {y: (_, i) => i, x: "logDet", r: 3.5, fill: "var(--accent)"}),
]);

// A first standardisation only changes units, by any distance.
const moveChart = (layers, width) => layerChart(layers, width, "distance moved", [
  Plot.barX(layers, {y: (_, i) => i, x: (layer, i) => i === 0 && layer.name === "standardisation" ? 0 : layer.moved, fill: "var(--accent)", fillOpacity: 0.75, inset: 2}),
]);
