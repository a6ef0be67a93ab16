// The two charts, drawn as the report's other charts are.

const INK = "#1c2b33";
const MUTED = "#5c6b73";
const GRID = "#d9dfe1";
const CONTRAST = "#b4531a";
const FILLS = ["#0b5d6b", "#9db8bd", "#5c8f7b", "#c9a24b"];
const HATCHES = ["", "M0 4L4 0", "M0 0L4 4", "M0 2H4"];
const WIDTH = 216;

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function picture(height, parts) {
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, "aria-hidden": "true", "font-size": 8 }, ...parts);
}

const line = (x1, y1, x2, y2, stroke, more) => svg("line", { x1, y1, x2, y2, stroke, "stroke-width": 0.8, ...more });
const box = (x, y, width, height, fill) => svg("rect", { x, y, width, height, fill, stroke: "#fff", "stroke-width": 0.5 });
const write = (x, y, content, anchor, more) => svg("text", { x, y, "text-anchor": anchor, fill: INK, ...more }, content);

// Words on at most two lines of so many letters.
function wrapped(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (longer.length <= letters || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.length > 2 ? [lines[0], `${lines[1]} …`] : lines;
}

// Round values of an axis that holds these numbers, six at most.
function ticks(values) {
  const low = Math.min(0, ...values);
  const span = Math.max(0, ...values) - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / 5));
  const step = power * [1, 2, 2.5, 5, 10].find((size) => span / (power * size) <= 5);
  const first = Math.floor(low / step + 1e-9);
  const count = Math.ceil((low + span) / step - 1e-9) - first;
  const decimals = Math.max(0, ...[step].map((size) => (String(+size.toPrecision(3)).split(".")[1] || "").length));
  return { at: Array.from({ length: count + 1 }, (_, i) => (first + i) * step), decimals };
}

// A pattern for each fill: the drivers can be told apart without colours.
function patterns(key) {
  return svg("defs", {}, ...FILLS.map((fill, i) => svg("pattern", { id: `${key}-${i}`, width: 4, height: 4, patternUnits: "userSpaceOnUse" },
    svg("rect", { width: 4, height: 4, fill }), svg("path", { d: HATCHES[i], stroke: "#fff", "stroke-width": 0.7 }))));
}

// One entry below the other, from a height on: as marks, and where the next thing begins.
function legend(entries, top) {
  let y = top;
  const parts = entries.flatMap(([name, mark]) => {
    const words = wrapped(name, 40);
    const made = [mark(4, y), ...words.map((text, row) => write(21, y + 3 + row * 10, text, "start"))];
    y += 2 + words.length * 10;
    return made;
  });
  return { parts, bottom: y };
}

// Benefits above zero, costs below it, the running net as a line; amounts in thousands.
function cashFlow(key, years, benefits, costs, cumulative, axis, format) {
  const diamond = (cx, cy) => svg("path", { d: `M${cx} ${cy - 3.2}l3.2 3.2-3.2 3.2-3.2-3.2z`, fill: INK });
  const fill = (i) => `url(#${key}-${i % FILLS.length})`;
  const names = legend([
    ...benefits.map(([name], i) => [name, (cx, cy) => box(cx, cy - 4, 12, 8, fill(i))]),
    [costs[0], (cx, cy) => box(cx, cy - 4, 12, 8, CONTRAST)],
    [cumulative[0], (cx, cy) => svg("g", {}, line(cx, cy, cx + 12, cy, INK), diamond(cx + 6, cy))],
  ], 8);
  const head = names.bottom + 14;
  const bottom = head + 120;
  const tops = years.map((_, t) => benefits.reduce((sum, [, amounts]) => sum + Math.max(0, amounts[t]), 0));
  const lows = years.map((_, t) => benefits.reduce((sum, [, amounts]) => sum + Math.min(0, amounts[t]), -costs[1][t]));
  const scale = ticks([...tops, ...lows, ...cumulative[1]]);
  const [first, last] = [scale.at[0], scale.at[scale.at.length - 1]];
  const y = (value) => bottom - ((value - first) / (last - first)) * 120;
  const left = 8 + Math.max(...scale.at.map((value) => format(value, scale.decimals).length)) * 4.8;
  const slot = (WIDTH - left) / years.length;
  const x = (t) => left + slot * (t + 0.5);
  const bar = (t, from, to, fill) => box(x(t) - slot * 0.275, y(Math.max(from, to)), slot * 0.55, Math.abs(y(from) - y(to)), fill);
  const parts = [patterns(key), ...names.parts, write(left, head - 9, axis, "start", { fill: MUTED })];
  for (const value of scale.at) {
    parts.push(line(left, y(value), WIDTH, y(value), GRID), write(left - 5, y(value) + 3, format(value, scale.decimals), "end"));
  }
  const step = Math.ceil((Math.max(...years.map((name) => name.length)) * 4.8 + 6) / slot);
  years.forEach((name, t) => {
    let [up, down] = [0, -costs[1][t]];
    parts.push(bar(t, 0, down, CONTRAST));
    benefits.forEach(([, amounts], i) => {
      const amount = amounts[t];
      if (amount >= 0) parts.push(bar(t, up, (up += amount), fill(i)));
      else parts.push(bar(t, down, (down += amount), fill(i)));
    });
    if (t % step === 0) parts.push(write(x(t), bottom + 13, name, "middle", { fill: MUTED }));
  });
  const points = cumulative[1].map((value, t) => [x(t), y(value)]);
  parts.push(
    line(left, y(0), WIDTH, y(0), MUTED),
    svg("polyline", { points: points.join(" "), fill: "none", stroke: INK, "stroke-width": 1.4 }),
    ...points.map(([cx, cy]) => diamond(cx, cy)),
  );
  return picture(bottom + 20, parts);
}

// A bar a driver under its name, from the result at its low to that at its high; the dashed line is the result as it stands.
function tornado(rows, now, names, format) {
  const marks = legend([
    [names[0], (cx, cy) => box(cx, cy - 4, 12, 8, CONTRAST)],
    [names[1], (cx, cy) => box(cx, cy - 4, 12, 8, FILLS[0])],
  ], 8);
  const scale = ticks([now, ...rows.flatMap(({ low, high }) => [low, high])]);
  const [first, last] = [scale.at[0], scale.at[scale.at.length - 1]];
  const beside = 5 + Math.max(...rows.flatMap(({ low, high }) => [low, high]).map((value) => format(value, 1).length)) * 4.8;
  const x = (value) => beside + ((value - first) / (last - first)) * (WIDTH - 2 * beside);
  const part = (row, to, fill) => box(Math.min(x(now), x(to)), row, Math.abs(x(to) - x(now)), 12, fill);
  const upright = (value, top, stroke, more) => line(x(value), top, x(value), top + 12, stroke, more);
  const parts = [];
  let y = marks.bottom + 4;
  for (const { label, low, high } of rows) {
    const words = wrapped(label, 41);
    words.forEach((text, row) => parts.push(write(0, y + 7 + row * 10.5, text, "start", { "font-size": 8.5 })));
    y += words.length * 10.5 + 1;
    const [less, more] = [Math.min(low, high), Math.max(low, high)];
    parts.push(
      ...scale.at.map((value) => upright(value, y, value ? GRID : MUTED)),
      part(y, low, CONTRAST), part(y, high, FILLS[0]), upright(now, y - 1, INK, { "stroke-dasharray": "2.5 1.5" }),
      write(x(Math.min(less, now)) - 3, y + 9, format(less, 1), "end"), write(x(Math.max(more, now)) + 3, y + 9, format(more, 1), "start"),
    );
    y += 20;
  }
  const wide = Math.max(...scale.at.map((value) => format(value, scale.decimals).length)) * 4.8 + 4;
  const step = Math.ceil((wide * (scale.at.length - 1)) / (WIDTH - 2 * beside));
  scale.at.forEach((value, i) => i % step || parts.push(write(x(value), y + 5, format(value, scale.decimals), "middle", { fill: MUTED })));
  parts.push(...marks.parts, write(WIDTH / 2, y + 17, names[2], "middle", { fill: MUTED }));
  return picture(y + 22, parts);
}
