// Numbers as text in the way of the report (half to even, as the decimal digits stand), and typed text as numbers.

function numbers(style) {
  // Digits of |x| * 10^decimals as a whole number, rounded half to even.
  function whole(x, decimals) {
    const [mantissa, exponent] = Math.abs(x).toExponential().split("e");
    const digits = mantissa.replace(".", "");
    const kept = Number(exponent) + 1 + decimals;
    if (kept < 0) return 0n;
    const n = BigInt(digits.slice(0, kept).padEnd(kept, "0") || "0");
    const rest = digits.slice(kept);
    const half = /^50*$/.test(rest);
    return (half ? n % 2n === 1n : rest >= "5") ? n + 1n : n;
  }
  function text(x, decimals, shift, [before, after]) {
    const n = whole(x, decimals + shift);
    const digits = String(n).padStart(decimals + 1, "0");
    const cut = digits.length - decimals;
    const grouped = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, style.group);
    const fraction = decimals ? style.decimal + digits.slice(cut) : "";
    return (x < 0 && n > 0n ? "\u2212" : "") + before + grouped + fraction + after;
  }
  const made = {
    number: (x, decimals = 0) => text(x, decimals, 0, ["", ""]),
    money: (x, decimals = 0) => text(x, decimals, 0, style.money),
    percent: (x, decimals = 0) => text(x, decimals, 2, style.percent),
  };
  // What a reader has typed: "2,5", "2.5", "1 234", a minus of either kind, a unit behind it; NaN where it is no number.
  made.parse = (typed) => {
    let plain = typed.replace(/[\s%\p{Sc}]/gu, "").replace(/[\u2212\u2013]/g, "-");
    if (style.decimal === "." && /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)) plain = plain.replace(/,/g, "");
    plain = plain.replace(",", ".");
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  };
  return made;
}
