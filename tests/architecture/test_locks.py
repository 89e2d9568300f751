"""Lock files pin by hash and name no registry."""

import json
import re

import pytest

from config.local.places import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-bootstrap.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_python_lock_names_no_address_and_hashes_every_pin(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.IGNORECASE)
    assert re.findall(r"\w+://\S+|--\S*index\S*", text) == []
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_development_builds_on_exactly_what_runs() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_the_npm_lock_pins_by_integrity_and_not_by_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {name: entry for name, entry in packages.items() if name}
    assert [name for name, entry in installed.items() if "resolved" in entry] == []
    assert [name for name, entry in installed.items() if not entry.get("integrity")] == []
