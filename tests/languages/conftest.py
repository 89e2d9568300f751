"""What the catalogues' tests share."""

import pytest

from config.catalogues import DOMAINS
from config.catalogues.extract import Text, texts


@pytest.fixture(scope="session")
def marked() -> dict[str, list[Text]]:
    """Every marked text of the sources, by domain; read once, since it parses the whole tree."""
    return {domain: texts(domain) for domain in DOMAINS}
