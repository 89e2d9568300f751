"""The pictures of the README: real screenshots, taken again by ``make pictures``."""
