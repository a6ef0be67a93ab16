// The controls: what a reader moves, types or presses, and everything that follows from it.

function panel(root) {
  const data = JSON.parse(root.dataset.whatIf);
  const { words } = data;
  const f = numbers(data.style);
  const answer = business(data);
  const start = Object.fromEntries(data.inputs.map(({ name, value }) => [name, value]));
  const report = answer(start);
  let inputs = { ...start };
  let timer = 0;

  root.append(root.querySelector("template").content.cloneNode(true));
  root.classList.add("alive");
  const find = (name) => root.querySelector(`[data-part="${name}"]`);
  const fill = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const money = (x) => (Number.isFinite(x) ? f.money(x) : words.nothing);
  const percent = (x) => (Number.isFinite(x) ? f.percent(x) : words.nothing);
  function payback(years) {
    if (!Number.isFinite(years)) return words.never;
    const months = Math.ceil(years * 12 - 1e-9);
    return fill(words.months[months === 1 ? 0 : 1], { n: f.number(months) });
  }
  function breakEven({ points }, { breakEven: value, without }) {
    if (value === null) return without > 0 ? words.without : words.alone;
    return points ? fill(words.points, { n: f.number(value * 100, 2) }) : f.percent(value, 2);
  }

  const controls = data.inputs.map((input) => control(root.querySelector(`[data-input="${input.name}"]`), input));

  // One assumption: a slider and a field that hold the same value, the field in the reader's own way of writing.
  function control(row, { name, scale, low, high, step, decimals }) {
    const [slider, field] = row.querySelectorAll("input");
    const unit = row.querySelector(".unit").textContent;
    const shown = (value) => f.number(value * scale, decimals);
    // Who types what the report shows means the report's own value, with the digits that are not shown.
    const meant = (text) => (text === shown(start[name]) ? start[name] : +(f.parse(text) / scale).toPrecision(12));
    const keep = (value) => Math.min(high, Math.max(low, value));
    function show(typing) {
      slider.value = inputs[name] * scale;
      const text = shown(inputs[name]);
      for (const part of [slider, field]) part.setAttribute("aria-valuetext", `${text} ${unit}`.trim());
      field.setAttribute("aria-valuenow", +(inputs[name] * scale).toFixed(decimals));
      row.classList.toggle("moved", inputs[name] !== start[name]);
      if (!typing) {
        field.value = text;
        field.removeAttribute("aria-invalid");
      }
    }
    function move(value, typing) {
      inputs = { ...inputs, [name]: value };
      show(typing);
      follow();
    }
    slider.addEventListener("input", () => move(+(slider.value / scale).toPrecision(12)));
    field.addEventListener("input", () => {
      const typed = meant(field.value);
      const usable = typed >= low && typed <= high;
      field.setAttribute("aria-invalid", String(!usable));
      if (usable) move(typed, true);
    });
    field.addEventListener("change", () => {
      const typed = meant(field.value);
      if (Number.isNaN(typed)) show();
      else move(keep(typed));
    });
    field.addEventListener("keydown", (event) => {
      const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (!steps) return;
      event.preventDefault();
      move(keep(+(inputs[name] + (steps * step) / scale).toPrecision(12)));
    });
    return show;
  }

  function choose(values) {
    inputs = { ...start, ...values };
    controls.forEach((show) => show());
    follow();
  }
  root.querySelectorAll("[data-scenario]").forEach((button) => {
    button.addEventListener("click", () => choose(data.scenarios[button.dataset.scenario]));
  });
  find("reset").addEventListener("click", () => choose({}));

  // What is read aloud waits until the reader has stopped moving.
  function follow() {
    const now = answer(inputs);
    show(now);
    clearTimeout(timer);
    timer = setTimeout(() => {
      find("status").textContent = fill(words.status, results(now.values));
    }, 600);
  }
  const results = ({ npv, roi, payback_years: years }) => ({ npv: money(npv), roi: percent(roi), payback: payback(years) });

  function show(now) {
    const [told, was] = [results(now.values), results(report.values)];
    for (const name of Object.keys(told)) {
      find(name).textContent = told[name];
      find(`${name}-was`).textContent = fill(words.was, { value: was[name] });
    }
    showChanges();
    showCashFlow(now.values);
    showTornado(now);
  }

  function showChanges() {
    const moved = data.inputs.filter(({ name }) => inputs[name] !== start[name]);
    root.classList.toggle("changed", moved.length > 0);
    find("changes").hidden = !moved.length;
    const text = ({ name, scale, decimals, unit }, values) => `${f.number(values[name] * scale, decimals)} ${unit}`.trim();
    find("moved").replaceChildren(...moved.map((input) => {
      const item = document.createElement("li");
      item.textContent = fill(words.moved, { name: input.label, was: text(input, start), now: text(input, inputs) });
      return item;
    }));
    root.querySelectorAll("[data-scenario]").forEach((button) => {
      const values = { ...start, ...data.scenarios[button.dataset.scenario] };
      button.setAttribute("aria-pressed", String(data.inputs.every(({ name }) => values[name] === inputs[name])));
    });
  }

  function showRows(name, rows) {
    const body = find(name).tBodies[0];
    body.replaceChildren(...rows.map((cells) => {
      const row = document.createElement("tr");
      cells.forEach((text, i) => {
        const cell = document.createElement(i ? "td" : "th");
        if (i) cell.className = "num";
        else cell.scope = "row";
        cell.textContent = text;
        row.append(cell);
      });
      return row;
    }));
  }

  function showCashFlow(values) {
    const years = data.years.map((_, t) => t);
    const amounts = (name) => years.map((t) => values[`${name}_${t}`] ?? 0);
    const benefits = data.drivers.map(({ name, label }) => [label, amounts(`benefit_${name}`)]);
    const [costs, net, cumulative] = ["cost", "net", "cumulative"].map(amounts);
    const rows = [...benefits, [words.costs, costs.map((cost) => -cost)], [words.net, net], [words.cumulative, cumulative]]
      .map(([label, row]) => [label, ...row.map(money)]);
    const paid = Number.isFinite(values.payback_years);
    find("cash-title").textContent = paid
      ? fill(words.paid, { time: payback(values.payback_years), amount: money(cumulative[cumulative.length - 1]) })
      : words.unpaid;
    find("cash-text").textContent = rows.map(([label, ...row]) => `${label}: ${row.join(", ")}`).join("; ");
    showRows("cash-table", rows);
    const thousands = ([label, row]) => [label, row.map((amount) => amount / 1000)];
    const chart = cashFlow(`${root.id}-fill`, data.years, benefits.map(thousands), thousands([words.costs, costs]),
      thousands([words.cumulative, cumulative]), words.axis, f.number);
    find("cash-chart").replaceChildren(chart);
  }

  function showTornado({ values, swings }) {
    const zero = (part, i) => part.bracket ? breakEven(part, swings[i]) : words.nothing;
    const rows = [...data.drivers, ...data.ranges].map((part, i) => ({ ...part, ...swings[i], zero: zero(part, i) }))
      .sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
    const cells = rows.map(({ label, low, high, zero }) => [label, money(low), money(high), zero]);
    showRows("tornado-table", cells);
    find("below").hidden = !swings.some(({ breakEven: value }) => value !== null && value < 0);
    find("tornado-text").textContent = cells.map(([label, low, high]) => `${label}: ${low}…${high}`).join("; ");
    const drawn = rows.map(({ label, low, high }) => ({ label, low: low / 1000, high: high / 1000 }));
    const finite = drawn.every(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
    find("tornado-chart").replaceChildren(...(finite ? [tornado(drawn, values.npv / 1000, words.bars, f.number)] : []));
  }

  controls.forEach((each) => each());
  show(report);
}

document.querySelectorAll("[data-what-if]").forEach(panel);
