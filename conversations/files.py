"""What may be uploaded, and what becomes of it: type by content, pictures drawn anew."""

import io
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import puremagic
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tenants.digits import own_digits
from tenants.errors import TooLarge, UnsupportedFile

MAX_FILE: Final = 20 * 1024 * 1024
MAX_IMAGE: Final = 10 * 1024 * 1024
# A picture is refused by its header, before it is decoded.
MAX_PIXELS: Final = 40_000_000
MAX_SIDE: Final = 4096
IMAGE_FORMATS: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}
# Anything else that is let in, by ending: type, and what its first bytes must be.
DOCUMENTS: Final[dict[str, tuple[str, tuple[bytes, ...]]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "zip": ("application/zip", (b"PK\x03\x04", b"PK\x05\x06")),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (b"PK\x03\x04",)),
    "odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    "mp4": ("video/mp4", (b"ftyp",)),
    "mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "ogg": ("audio/ogg", (b"OggS",)),
    "txt": ("text/plain", ()),
    "csv": ("text/csv", ()),
}
# Only these are ever shown in place; the rest is downloaded.
INLINE: Final = frozenset(IMAGE_FORMATS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file that may be kept: a name to show, its type by content, its bytes; pixels for a picture."""

    name: str
    content_type: str
    content: bytes
    width: int | None = None
    height: int | None = None


def shown_name(name: str) -> str:
    """Return a file's name as it may be shown: no path, no controls, no direction tricks, 200 characters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    name = re.sub(r"\s+", " ", name).strip(" .")
    if len(name) <= 200:
        return name or "file"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 199 - len(ending)]}{dot}{ending}" if dot and len(ending) < 20 else name[:200]


def checked(*, name: str, content: bytes) -> Checked:
    """Return a file as it will be kept.

    Pictures are decoded and drawn anew, so that nothing but pixels stays: no EXIF, no trailing data.

    Raises TooLarge for a file over its limit, UnsupportedFile for what its content says it must not be.
    """
    name = shown_name(name)
    if len(content) > MAX_FILE:
        raise TooLarge(own_digits(_("Files may have up to %(size)d MB.") % {"size": MAX_FILE // 2**20}))
    if not content:
        raise UnsupportedFile(_("This file is empty."))
    picture = _opened(content)
    if picture is not None:
        return _redrawn(name, content, picture)
    ending = name.rpartition(".")[2].lower()
    kind = DOCUMENTS.get(ending)
    if kind is None or not _matches(ending, kind[1], content):
        raise UnsupportedFile()
    return Checked(name=name, content_type=kind[0], content=content)


def _opened(content: bytes) -> Image.Image | None:
    try:
        return Image.open(io.BytesIO(content), formats=list(IMAGE_FORMATS))
    except UnidentifiedImageError:
        return None
    except (Image.DecompressionBombError, ValueError, OSError) as error:
        raise UnsupportedFile() from error


def _redrawn(name: str, content: bytes, picture: Image.Image) -> Checked:
    form = str(picture.format)
    if len(content) > MAX_IMAGE:
        raise TooLarge(own_digits(_("Pictures may have up to %(size)d MB.") % {"size": MAX_IMAGE // 2**20}))
    if picture.width * picture.height > MAX_PIXELS:
        raise TooLarge(_("This picture has too many pixels."))
    try:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((MAX_SIDE, MAX_SIDE))
        if form == "JPEG":
            upright = upright.convert("RGB")
        elif upright.mode not in ("RGB", "RGBA", "L", "P"):
            upright = upright.convert("RGBA")
        upright.info.clear()
        out = io.BytesIO()
        upright.save(out, format=form, quality=88)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnsupportedFile(_("This picture is damaged.")) from error
    stem = name.rpartition(".")[0] or name
    ending = {"JPEG": "jpg"}.get(form, form.lower())
    return Checked(
        name=f"{stem}.{ending}",
        content_type=IMAGE_FORMATS[form],
        content=out.getvalue(),
        width=upright.width,
        height=upright.height,
    )


def _matches(ending: str, starts: tuple[bytes, ...], content: bytes) -> bool:
    if not starts:
        return _is_plain_text(content)
    head = content[4:8] if ending == "mp4" else content[:8]
    if not any(head.startswith(start) for start in starts):
        return False
    # A second opinion: whatever calls itself a page, a script or a program stays out.
    try:
        guesses = {match.mime_type for match in puremagic.magic_string(content[:4096])}
    except (puremagic.PureError, ValueError):
        return True
    return not guesses & {"text/html", "image/svg+xml", "application/x-msdownload", "application/javascript"}


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text
