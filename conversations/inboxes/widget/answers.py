"""Answers that are the same for many: compressed once, with a tag, checked before they are sent again."""

import hashlib
import json
import zlib
from functools import lru_cache
from typing import Any

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers


def script_json(value: Any) -> str:
    """Return JSON that may stand inside a <script>: nothing in it can end the element or a line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@lru_cache(maxsize=512)
def _packed(text: str, encoding: str) -> bytes:
    return _pack(text, encoding, quality=11)


def _pack(text: str, encoding: str, *, quality: int) -> bytes:
    content = text.encode()
    if encoding == "br":
        return bytes(brotli.compress(content, quality=quality, mode=brotli.MODE_TEXT))
    if encoding == "gzip":
        packer = zlib.compressobj(min(quality, 9), wbits=31)
        return packer.compress(content) + packer.flush()
    return content


def _encoding(request: HttpRequest) -> str:
    accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def shared_answer(
    request: HttpRequest,
    text: str,
    *,
    content_type: str,
    cache_control: str,
    headers: dict[str, str] | None = None,
    is_kept: bool = True,
) -> HttpResponseBase:
    """Answer with a text, packed as the browser likes it; 304 when it has it already.

    ``is_kept``: the same text is asked for often, so it is packed once, as tightly as can be. An answer to what
    somebody typed is packed quickly, and does not push those out.
    """
    encoding = _encoding(request)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}{encoding and "-" + encoding}"'
    response: HttpResponse
    if tag in [
        part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")
    ]:
        response = HttpResponseNotModified()
    else:
        packed = _packed(text, encoding) if is_kept else _pack(text, encoding, quality=4)
        response = HttpResponse(packed, content_type=content_type)
        if encoding:
            response["Content-Encoding"] = encoding
    response["ETag"] = tag
    response["Cache-Control"] = cache_control
    patch_vary_headers(response, ("Accept-Encoding",))
    for name, value in (headers or {}).items():
        response[name] = value
    return response
