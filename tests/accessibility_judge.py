"""What judges a page: axe-core and html-validate, and what they leave to others (contrast within pictures, the keyboard)."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent / "accessibility"
TOOLS = Path(os.environ.get("KOHTAAMO_ACCESSIBILITY_TOOLS", HERE / "node_modules"))
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

FAINT = """() => {
  const channels = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = part => {
    for (let at = part; at; at = at.parentElement) {
      const [r, g, b, a = 1] = channels(getComputedStyle(at).backgroundColor);
      if (a === 1 && r !== undefined) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const painted = text => {  // the last shape that is drawn under the middle of a picture's text
    const box = text.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    const under = [...text.closest('svg').querySelectorAll('path,rect,circle,polygon,ellipse')].filter(shape => {
      const its = shape.getBoundingClientRect();
      return !shape.closest('defs,clipPath') && text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING
        && its.left <= x && x <= its.right && its.top <= y && y <= its.bottom && channels(getComputedStyle(shape).fill).length >= 3;
    });
    return under.length ? channels(getComputedStyle(under.at(-1)).fill).slice(0, 3) : null;
  };
  return [...document.querySelectorAll('body *')].flatMap(part => {
    const own = [...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const box = part.getBoundingClientRect();
    const style = getComputedStyle(part);
    if (!own || !box.width || style.visibility === 'hidden' || part.closest('script,style,[hidden]')) return [];
    const [r, g, b, a = 1] = channels(part.closest('svg') ? style.fill : style.color);
    if (r === undefined) return [];
    const back = (part.closest('svg') && painted(part)) || behind(part.closest('svg') || part);
    const mixed = [r, g, b].map((c, i) => c * a + back[i] * (1 - a));
    const [high, low] = [light(mixed), light(back)].sort((x, y) => y - x);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    return ratio >= (large ? 3 : 4.5) - 0.005 ? [] : [`${part.tagName} ${part.className.baseVal ?? part.className} "${part.textContent.trim().slice(0, 40)}": ${ratio.toFixed(2)}`];
  });
}"""
"""Texts whose contrast with what lies behind them is below 4.5 (large ones 3), pictures' texts included."""

FOCUSED = """() => {
  const part = document.activeElement;
  if (!part || part === document.body) return null;
  const style = getComputedStyle(part), box = part.getBoundingClientRect();
  const index = [...document.querySelectorAll('*')].indexOf(part);
  return {index, name: `${part.tagName} ${part.id} ${part.textContent.trim().slice(0, 30)}`,
    ringed: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none',
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
}"""
FOCUSABLE = """() => [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex]')]
  .filter(part => part.tabIndex >= 0 && !part.disabled && part.checkVisibility({checkVisibilityCSS: true})
    && !(part.closest('details:not([open])') && !(part.tagName === 'SUMMARY' && part.parentElement.parentElement.closest('details:not([open])') === null)))
  .length"""


def tool(name: str) -> Path:
    """Return a tool's file, or skip where the tools are not installed."""
    file = TOOLS / name
    if not file.is_file():
        pytest.skip(
            "axe-core and html-validate are not installed: npm install --no-package-lock in tests/accessibility"
        )
    return file


def axe_violations(page: Any) -> list[str]:
    """Return what axe-core finds on an open page, by WCAG 2.2 AA and its own best practices."""
    page.evaluate(tool("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags})", STANDARD)
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


def markup_faults(node: str, files: list[Path]) -> list[str]:
    """Return what html-validate finds in files."""
    options = ["--config", str(HERE / ".htmlvalidate.json"), "--formatter", "json"]
    with tempfile.TemporaryFile() as found:  # a pipe would be cut off where Node ends before it is read
        command = [node, str(tool("html-validate/bin/html-validate.mjs")), *options, *map(str, files)]
        run = subprocess.run(command, stdout=found, stderr=subprocess.PIPE, check=False, cwd=HERE)
        found.seek(0)
        said = found.read().decode()
    if not said.strip():
        raise AssertionError(run.stderr.decode())
    return [
        f"{Path(file['filePath']).name}:{one['line']} {one['ruleId']}: {one['message']}"
        for file in json.loads(said)
        for one in file["messages"]
    ]


def walk(page: Any) -> list[dict[str, Any]]:
    """Return what gets the focus, tab by tab, until it leaves the page or comes back to its start."""
    stops: list[dict[str, Any]] = []
    page.evaluate(
        "() => { document.documentElement.style.scrollBehavior = 'auto'; document.activeElement?.blur(); scrollTo(0, 0) }"
    )
    for _ in range(page.evaluate(FOCUSABLE) + 2):
        page.keyboard.press("Tab")
        page.wait_for_timeout(20)
        stop = page.evaluate(FOCUSED)
        if stop is None or (stops and stop["index"] == stops[0]["index"]):
            break
        stops.append(stop)
    return stops
