"""The consultancy's or the client's brand, from ``_brand.yml``: colours that can be read, logos and fonts that ask for nothing."""

from kohtaamo_utils.brand.brand import Brand, Mark
from kohtaamo_utils.brand.reading import brand_of
from kohtaamo_utils.brand.scheme import Scheme

__all__ = ["Brand", "Mark", "Scheme", "brand_of"]
