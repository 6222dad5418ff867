// Puts the report's numbers into the page, and, while a training goes on, fetches new ones.

const find = (id) => document.getElementById(id);
const charts = new Map();

/** A chart that is drawn again whenever its place has another width, or light turns dark. */
function chart(place, draw) {
  const drawn = () => {
    const width = Math.floor(place.clientWidth);
    if (width > 0) { place.replaceChildren(draw(width)); place.dataset.width = width; }
  };
  charts.set(place, drawn);
  drawn();
}

const widths = new ResizeObserver((entries) => {
  for (const {target} of entries) {
    if (charts.has(target) && Math.abs(target.clientWidth - (target.dataset.width ?? 0)) > 1) charts.get(target)();
  }
});
dark.addEventListener("change", () => charts.forEach((draw) => draw()));

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text !== null) made.textContent = text;
  made.append(...children);
  return made;
}

function watched(place) { widths.observe(place); return place; }

/** Cards of a grid whose number is only known now; kept as long as the number is. */
function cards(container, count, make) {
  if (container.childElementCount === count) return;
  for (const old of container.children) old.querySelectorAll("div").forEach((div) => charts.delete(div));
  container.replaceChildren(...d3.range(count).map(make));
}

function renderHead(data) {
  const {model, likelihood} = data;
  find("title").textContent = data.title;
  const columns = model.columns.length;
  const rows = d3.sum(model.sets, (set) => set.rows);
  const verdict = find("verdict");
  const training = model.sets.find((set) => set.name === "training rows");
  const size = `${grouped((training ?? model.sets[0]).rows)} ${data.images ? "images" : "rows"} of ${grouped(columns)} ${data.images ? "values" : columns === 1 ? "column" : "columns"}. `;
  verdict.replaceChildren(`A normalizing flow of ${model.layers} layers`, training ? ` has learned the distribution of ${size}` : `, tried on ${size}`);
  if (likelihood.gain) {
    const gain = likelihood.gain.mean;
    const times = Math.exp(Math.abs(gain));
    const factor = times >= 1e4 ? d3.format(".1e")(times) : times >= 10 ? grouped(Math.round(times)) : times.toFixed(2);
    verdict.append("To ", likelihood.of, " it gives ", element("b", `${factor} times ${gain >= 0 ? "the" : "less"} density`),
      gain >= 0 ? " that a Gaussian gives, in the geometric mean." : " than a Gaussian, in the geometric mean: it has not learned enough.");
  }
  if (likelihood.truth && likelihood.truth.mean !== null) {
    verdict.append(` It is ${nats(likelihood.truth.mean - likelihood.model.mean)} nats from the density the data really have.`);
  }
  const error = (figure) => figure.error === null ? "" : `, standard error ${short(figure.error)}`;
  const tiles = [[`log-likelihood of ${likelihood.of}`, nats(likelihood.model.mean), `nats a row${error(likelihood.model)}`]];
  if (likelihood.gain) tiles.push(["beyond the Gaussian", nats(likelihood.gain.mean, "+"), `nats a row${error(likelihood.gain)}`]);
  if (data.images) tiles.unshift([`of ${likelihood.of}`, `${short(data.images.bitsPerDim)} bits/dim`, `standard error ${short(data.images.bitsPerDimError)}; less is better`]);
  tiles.push([model.sets[0].name, grouped(model.sets[0].rows), `of ${grouped(rows)} rows`]);
  tiles.push(["parameters", grouped(model.parameters), `in ${model.layers} layers`]);
  find("tiles").replaceChildren(...tiles.map(([name, value, unit]) =>
    element("div", null, element("dt", name), element("dd", value, element("small", unit)))));
}

let stage = null;

function renderPlane(data) {
  const plane = data.plane;
  find("plane").hidden = find("transport").hidden = !plane;
  if (!plane) return;
  const names = data.model.columns;
  const densities = [...plane.learned.density, ...(plane.true ? plane.true.density : [])].sort(d3.ascending);
  const highest = d3.quantileSorted(densities, 0.999) || 1;
  chart(find("learned"), (width) => densityChart(plane.learned, names, width, highest));
  find("learned-caption").textContent = `Darker is denser${dark.matches ? " (here: brighter)" : ""}. Over this window it adds up to ${short(plane.learned.mass)}; a density over everything adds up to 1.`;
  find("true-figure").hidden = !plane.true;
  if (plane.true) chart(find("true"), (width) => densityChart(plane.true, names, width, highest));
  chart(find("overlay"), (width) => overlayChart(plane, names, width));
  stage ??= new TransportStage(find("stage"), find("layer"), find("play"), find("layer-name"));
  stage.show(plane.transport);
}

function renderQuality(data) {
  const {likelihood, history, logProb} = data;
  find("likelihood-title").textContent = `Log-likelihood of ${likelihood.of}`;
  chart(find("likelihood"), (width) => likelihoodChart(likelihood, width));
  find("likelihood-caption").textContent = `Mean of log p over ${grouped(likelihood.rows)} rows; the bars are 95 % intervals of the mean. `
    + "One nat more means e ≈ 2.7 times the density.";
  find("history-figure").hidden = history.train.length === 0;
  if (history.train.length > 0) {
    chart(find("history"), (width) => historyChart(history, width));
    const caption = find("history-caption");
    caption.replaceChildren(key("var(--real)"), " training rows while they were learned, ");
    if (history.validation.some((value) => value !== null)) caption.append(key("var(--drawn)"), " validation rows after each epoch, ");
    caption.append(`mean log p. The dashed line is epoch ${history.best}, the best: the model is the one of that epoch.`);
  }
  chart(find("log-prob"), (width) => logProbChart(logProb, width));
  const caption = find("log-prob-caption");
  caption.replaceChildren(...logProb.sets.flatMap((set) => [key(setColors[set.name] ?? "var(--truth)"), ` ${grouped(set.rows)} ${set.name}, `]));
  caption.append("each with an area of 1. Training rows to the right of the others would mean that the flow knows them by heart.");
  if (!data.images) renderLeastLikely(data);
}

function key(color) {
  const dot = element("span", null);
  dot.className = "key";
  dot.style.background = color;
  return dot;
}

function renderLeastLikely(data) {
  const rows = data.leastLikely;
  const shown = rows.length ? rows[0].values.length : 0;
  const names = data.model.columns.slice(0, shown);
  const head = element("tr", null, ...["row", "log p", ...names].map((name) => { const cell = element("th", name); cell.scope = "col"; cell.title = name; return cell; }));
  const body = rows.map((row) => element("tr", null, element("td", grouped(row.number)), element("td", nats(row.logProb)),
    ...row.values.map((value) => element("td", value === null ? "" : String(value)))));
  find("least-likely").replaceChildren(element("table", null, element("thead", null, head), element("tbody", null, ...body)));
  find("least-likely").tabIndex = 0;
  const more = data.model.columns.length - shown;
  find("least-likely-caption").textContent = `Of ${grouped(data.likelihood.rows)} ${data.likelihood.of}: the first places to look for errors and anomalies. `
    + `“row” is the row’s number in its file.${more > 0 ? ` ${more} more columns are not shown.` : ""}`;
}

function renderImages(data) {
  find("images-section").hidden = !data.images;
  find("rows-section").hidden = find("least-likely-figure").hidden = Boolean(data.images);
  if (!data.images) return;
  find("images").replaceChildren(...data.images.pictures.map((picture) => {
    const image = element("img", null);
    image.src = picture.picture;
    image.alt = picture.title;
    image.style.maxWidth = `${Math.max(4, Math.round(420 / picture.width)) * picture.width}px`;
    const figure = element("figure", null, element("h3", picture.title), image, element("figcaption", picture.caption));
    figure.className = "card";
    return figure;
  }));
}

function renderRows(data) {
  const columns = data.model.columns.length;
  const lead = find("marginals-lead");
  lead.replaceChildren("Each column by itself: ", key("var(--real)"), " real rows, ", key("var(--drawn)"), " rows drawn from the flow. ");
  if (columns > 1) lead.append(`${data.marginals.length < columns ? `Of ${columns} columns, those` : "Those"} where the two differ most come first; D is the largest difference of their distribution functions, from 0 to 1.`);
  cards(find("marginals"), data.marginals.length, () => {
    const figure = element("figure", null, element("h3", ""), watched(element("div", null)), element("figcaption", ""));
    figure.className = "card chart";
    return figure;
  });
  data.marginals.forEach((column, i) => {
    const card = find("marginals").children[i];
    card.querySelector("h3").textContent = column.name;
    card.querySelector("figcaption").textContent = `D = ${short(column.distance)}`;
    chart(card.querySelector("div"), (width) => marginalChart(column, width));
  });
  find("pairs-block").hidden = data.pairs.length === 0;
  const all = columns * (columns - 1) / 2;
  find("pairs-lead").textContent = `Two columns at a time, ${data.pairs.length < all ? `of ${grouped(all)} pairs those` : "those first"} that tell most about each other (mutual information of their ranks, in nats). Left real rows, right drawn ones.`;
  cards(find("pairs"), data.pairs.length, () => {
    const halves = element("div", null, watched(element("div", null)), watched(element("div", null)));
    halves.className = "pair";
    const figure = element("figure", null, element("h3", ""), halves);
    figure.className = "card";
    return figure;
  });
  data.pairs.forEach((pair, i) => {
    const card = find("pairs").children[i];
    card.querySelector("h3").textContent = `${pair.x} and ${pair.y} · ${short(pair.information)} nats`;
    const [left, right] = card.querySelector(".pair").children;
    chart(left, (width) => scatterChart(pair, pair.real, "var(--real)", width));
    chart(right, (width) => scatterChart(pair, pair.drawn, "var(--drawn)", width));
  });
}

function renderLatent(data) {
  const latent = data.latent;
  const off = d3.max(latent.correlation.flatMap((line, i) => line.filter((_, j) => j !== i).map(Math.abs)));
  find("latent-lead").textContent = `If the flow has learned everything, z = f(x) is a ${latent.base}: every entry distributed like the base’s, and none telling anything about another. `
    + `Seen on ${grouped(latent.rows)} rows${latent.quantiles.length < latent.entries ? `; of ${latent.entries} entries, those farthest from the base` : ""}.`;
  cards(find("quantiles"), latent.quantiles.length, () => watched(element("div", null)));
  latent.quantiles.forEach((quantiles, i) => chart(find("quantiles").children[i], (width) => quantileChart(quantiles, Math.min(width, 260))));
  chart(find("correlation"), (width) => correlationChart(latent.correlation, width));
  find("correlation-caption").textContent = off === undefined ? "There is only one entry."
    : `The largest between two${latent.correlation.length < latent.entries ? ` of the first ${latent.correlation.length}` : ""} entries is ${off.toFixed(3)}; chance alone gives about ${(2 / Math.sqrt(latent.rows)).toFixed(3)}.`;
}

function renderFoot(data) {
  find("facts").replaceChildren(...Object.entries(data.facts).flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
  find("command-block").hidden = data.reproduction === null;
  find("command").textContent = data.reproduction?.command ?? "";
  find("command-lead").textContent = data.reproduction?.exact
    ? "The command that makes this model again, to the bit:"
    : "The command that made this model (where a time limit ends the training, it depends on the clock):";
  const {shown, of, set, seed} = data.sampling;
  find("sampling").textContent = (shown < of
    ? `Pictures and statistics of real rows are made of ${grouped(shown)} of ${grouped(of)} ${set}, chosen at random with seed ${seed}; scatter plots show fewer still. `
    : `Pictures and statistics of real rows are made of ${shown === of ? "all " : ""}${grouped(of)} ${set}; scatter plots show some of them. `)
    + `Drawn rows are drawn with seed ${seed}. The log-likelihood is that of ${data.likelihood.rows < data.likelihood.total ? `${grouped(data.likelihood.rows)} of ${grouped(data.likelihood.total)}` : grouped(data.likelihood.rows)} ${data.likelihood.of}.`;
}

function render(data) {
  renderHead(data);
  renderPlane(data);
  renderImages(data);
  renderQuality(data);
  if (!data.images) renderRows(data);
  renderLatent(data);
  chart(find("log-dets"), (width) => logDetChart(data.layers, width));
  chart(find("moves"), (width) => moveChart(data.layers, width));
  renderFoot(data);
}

document.querySelectorAll(".chart").forEach(watched);

async function follow() {
  let version = 0;
  let lost = 0;
  for (;;) {
    try {
      const answer = await fetch(`data.json?after=${version}`, {cache: "no-store"});
      lost = 0;
      if (answer.status === 200) {
        const news = await answer.json();
        version = news.version;
        find("status").textContent = news.status;
        if (news.report) { document.querySelector("main").hidden = false; render(news.report); }
        document.body.dataset.version = version;
        if (news.ended) return;
      }
    } catch (gone) {
      if (++lost === 3) { find("status").textContent = "The program that trained is gone; this is what it showed last."; return; }
    }
    await new Promise((wake) => setTimeout(wake, 1000));
  }
}

const embedded = JSON.parse(find("data").textContent);
if (embedded !== null) render(embedded);
if (document.body.dataset.live === "true") {
  if (embedded === null) { find("title").textContent = document.title.replace(" · Millrace", ""); document.querySelector("main").hidden = true; }
  follow();
}
document.body.dataset.ready = "true";
