"""Brand files for tests: engagements with a brand, logos, and fonts made on the spot."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engagements import customers, make_engagement
from PIL import Image

from kohtaamo_utils.brand import Brand, brand_of
from kohtaamo_utils.engagement import load

if TYPE_CHECKING:
    from collections.abc import Mapping

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h40v10H0z" fill="{}"/></svg>'
RED = "#e4002b"


def branded(
    folder: Path, brand: Mapping[str, Any] | str, files: Mapping[str, bytes] | None = None, named: Any = "_brand.yml"
) -> Path:
    """Write a small engagement with a brand file and the files beside it; return its folder."""
    make_engagement(folder, {"brand": named}, {"survey": customers([9, 10, 8, 3, 7, 10, 9, 6] * 5)})
    text = brand if isinstance(brand, str) else json.dumps(dict(brand), ensure_ascii=False, indent=1)
    (folder / "_brand.yml").write_text(text, encoding="utf-8")
    for name, content in (files or {}).items():
        (folder / name).write_bytes(content)
    return folder


def opened(folder: Path) -> Brand:
    """Return the brand of an engagement that has one."""
    brand = brand_of(load(folder))
    assert brand is not None
    return brand


def svg(colour: str = RED) -> bytes:
    """Return a plain logo."""
    return SVG.format(colour).encode()


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 20), **saved: Any) -> bytes:
    """Return a picture of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", size, RED).save(stream, kind, **saved)
    return stream.getvalue()


def font(*, rights: int = 0, bold: bool = False) -> bytes:
    """Return a real font (DejaVu Sans, which comes with matplotlib), with what its maker allows set anew."""
    import matplotlib as mpl
    from fontTools.ttLib import TTFont

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    made = TTFont(Path(mpl.get_data_path()) / "fonts" / "ttf" / name, recalcTimestamp=False)
    made["OS/2"].fsType = rights
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_font(family: str = "Oma Sans", file: str = "oma.ttf") -> dict[str, Any]:
    """Return the block `typography` of a brand that sets everything in a font from a file."""
    return {"fonts": [{"family": family, "source": "file", "files": [file]}], "base": family}
