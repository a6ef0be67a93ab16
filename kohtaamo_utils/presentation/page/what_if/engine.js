// The business case, computed from the formulas that the page carries as data; no text is ever run as code.

const OPERATIONS = {
  "+": (parts) => (v) => parts.reduce((sum, part) => sum + part(v), 0),
  "*": (parts) => (v) => parts.reduce((product, part) => product * part(v), 1),
  "/": ([above, below]) => (v) => above(v) / below(v),
  "^": ([base, exponent]) => (v) => base(v) ** exponent(v),
  "<": ([a, b]) => (v) => a(v) < b(v),
  "<=": ([a, b]) => (v) => a(v) <= b(v),
  ">": ([a, b]) => (v) => a(v) > b(v),
  ">=": ([a, b]) => (v) => a(v) >= b(v),
  "==": ([a, b]) => (v) => a(v) === b(v),
  "!=": ([a, b]) => (v) => a(v) !== b(v),
  max: (parts) => (v) => Math.max(...parts.map((part) => part(v))),
  min: (parts) => (v) => Math.min(...parts.map((part) => part(v))),
  abs: ([part]) => (v) => Math.abs(part(v)),
  exp: ([part]) => (v) => Math.exp(part(v)),
  log: ([part]) => (v) => Math.log(part(v)),
  nan: () => () => NaN,
  if: (parts) => (v) => {
    for (let i = 0; i + 1 < parts.length; i += 2) if (parts[i](v)) return parts[i + 1](v);
    return parts[parts.length - 1](v);
  },
};

function formula(node) {
  if (typeof node === "number") return () => node;
  if (typeof node === "string") return (v) => v[node];
  return OPERATIONS[node[0]](node.slice(1).map(formula));
}

// From the steps' names and formulas to a function: inputs by name in, inputs and steps by name out.
function model(steps) {
  const made = steps.map(([name, node]) => [name, formula(node)]);
  return (inputs) => {
    const values = { ...inputs };
    for (const [name, compute] of made) values[name] = compute(values);
    return values;
  };
}

// Where a function crosses zero, by halving until nothing lies between; null where it does not.
function root(at, low, high) {
  const start = at(low);
  const end = at(high);
  if (start === end || !(start * end <= 0)) return null;
  if (start === 0 || end === 0) return start === 0 ? low : high;
  for (let i = 0; i < 200; i += 1) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (at(middle) < 0 === start < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

// Everything that the page shows of one set of assumptions.
function business(data) {
  const compute = model(data.steps);
  const parts = [...data.drivers, ...data.ranges];
  const ends = data.drivers.map(({ bracket }) => bracket.map(formula));
  return (inputs) => {
    const values = compute(inputs);
    const swings = parts.map(({ effect, low, high }, i) => {
      const npv = (value) => compute({ ...inputs, [effect]: value }).npv;
      const now = inputs[effect];
      return {
        low: npv(Math.min(low, now)),
        high: npv(Math.max(high, now)),
        breakEven: ends[i] ? root(npv, ...ends[i].map((end) => end(inputs))) : null,
        without: npv(0),
      };
    });
    return { values, swings };
  };
}
