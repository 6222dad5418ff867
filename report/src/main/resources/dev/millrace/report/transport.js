// The transport picture: points and a grid between the frames that the report holds, one after each layer.

class TransportStage {
  constructor(canvas, slider, play, output) {
    Object.assign(this, {canvas, slider, play, output, place: 0, target: 0, playing: false, last: 0});
    slider.addEventListener("input", () => { this.stop(); this.goTo(Number(slider.value)); });
    play.addEventListener("click", () => this.playing ? this.stop() : this.start());
    new ResizeObserver(() => this.draw()).observe(canvas);
    dark.addEventListener("change", () => this.draw());
  }

  show(transport) {
    this.transport = transport;
    const last = transport.frames.length - 1;
    this.slider.max = last;
    this.place = Math.min(this.place, last);
    this.target = Math.min(this.target, last);
    this.colors = this.hues();
    this.say();
    this.draw();
  }

  /** A point's colour is the direction in which it ends. */
  hues() {
    const end = this.transport.frames[this.transport.frames.length - 1].points;
    return d3.range(end.length / 2).map((i) => {
      const turn = Math.atan2(end[2 * i + 1], end[2 * i]) / (2 * Math.PI);
      return {light: d3.hcl(360 * turn, 62, 56).formatHex(), dark: d3.hcl(360 * turn, 58, 74).formatHex()};
    });
  }

  start() {
    this.playing = true;
    this.play.textContent = "❚❚ Pause";
    this.play.setAttribute("aria-label", "Pause");
    const last = this.transport.frames.length - 1;
    if (this.target >= last) { this.place = 0; this.target = 0; }
    this.goTo(this.target + 1);
  }

  stop() {
    this.playing = false;
    this.play.textContent = "▶ Play";
    this.play.setAttribute("aria-label", "Play the way through the layers");
  }

  goTo(target) {
    this.target = target;
    this.slider.value = target;
    this.say();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.place = target;
      this.draw();
      if (this.playing) setTimeout(() => this.arrived(), 700);
      return;
    }
    this.last = performance.now();
    if (!this.moving) { this.moving = true; requestAnimationFrame((now) => this.step(now)); }
  }

  step(now) {
    const distance = this.target - this.place;
    // Jumps of many layers take no longer than two.
    const speed = Math.max(1, Math.abs(distance) / 2) / 480;
    const move = Math.sign(distance) * Math.min(Math.abs(distance), speed * Math.max(0, now - this.last));
    this.last = now;
    this.place += move;
    this.draw();
    if (this.place !== this.target) {
      requestAnimationFrame((next) => this.step(next));
    } else {
      this.moving = false;
      if (this.playing) setTimeout(() => this.arrived(), 90);
    }
  }

  arrived() {
    if (!this.playing) return;
    if (this.target < this.transport.frames.length - 1) this.goTo(this.target + 1);
    else this.stop();
  }

  say() {
    const last = this.transport.frames.length - 1;
    const name = this.target === 0 ? "the data, x"
      : `after layer ${this.target} of ${last}: ${this.transport.names[this.target]}` + (this.target === last ? " (the latent, z)" : "");
    this.output.textContent = name;
    this.slider.setAttribute("aria-valuetext", name);
  }

  draw() {
    if (!this.transport) return;
    const side = this.canvas.clientWidth;
    const density = devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(side * density)) {
      this.canvas.width = this.canvas.height = Math.round(side * density);
    }
    const context = this.canvas.getContext("2d");
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, side, side);
    const frames = this.transport.frames;
    const before = Math.min(Math.floor(this.place), frames.length - 1);
    const after = Math.min(before + 1, frames.length - 1);
    const linear = this.place - before;
    const part = linear * linear * (3 - 2 * linear);
    // Each frame in its own window first, so that moving from one window to another does not look like moving points.
    const screen = (frame, values, i) => {
      const [minX, maxX, minY, maxY] = frame.window;
      return [(values[i] - minX) / (maxX - minX) * side, side - (values[i + 1] - minY) / (maxY - minY) * side];
    };
    const at = (key, i) => {
      const a = screen(frames[before], frames[before][key], i);
      if (part === 0) return a;
      const b = screen(frames[after], frames[after][key], i);
      return [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
    };
    this.drawCircles(context, side, frames[frames.length - 1], Math.max(0, this.place - (frames.length - 2)));
    this.drawGrid(context, at, frames[0].lines.length / 2);
    const points = frames[0].points.length / 2;
    for (let i = 0; i < points; i++) {
      const [x, y] = at("points", 2 * i);
      context.beginPath();
      context.arc(x, y, Math.max(1.6, side / 260), 0, 2 * Math.PI);
      context.fillStyle = dark.matches ? this.colors[i].dark : this.colors[i].light;
      context.globalAlpha = 0.85;
      context.fill();
    }
    context.globalAlpha = 1;
    this.canvas.dataset.place = this.place.toFixed(3);
  }

  drawGrid(context, at, count) {
    const perLine = this.transport.linePoints;
    context.strokeStyle = dark.matches ? "#8fa3b8" : "#51677f";
    context.globalAlpha = dark.matches ? 0.3 : 0.28;
    context.lineWidth = 1;
    for (let line = 0; line < count / perLine; line++) {
      context.beginPath();
      for (let i = 0; i < perLine; i++) {
        const [x, y] = at("lines", 2 * (line * perLine + i));
        if (i === 0) context.moveTo(x, y); else context.lineTo(x, y);
      }
      context.stroke();
    }
  }

  drawCircles(context, side, frame, visible) {
    if (visible <= 0 || !this.transport.circles) return;
    const [minX, maxX, minY, maxY] = frame.window;
    context.strokeStyle = dark.matches ? "#e6ebf1" : "#1b2430";
    context.globalAlpha = 0.5 * visible;
    context.setLineDash([4, 5]);
    for (const radius of [1, 2, 3]) {
      context.beginPath();
      context.ellipse((0 - minX) / (maxX - minX) * side, side - (0 - minY) / (maxY - minY) * side,
        radius / (maxX - minX) * side, radius / (maxY - minY) * side, 0, 0, 2 * Math.PI);
      context.stroke();
    }
    context.setLineDash([]);
  }
}
