"""What the home of the demo shop's widget shows beside its articles: news, and where to go on the shop's pages."""

from typing import Final

ANNOUNCEMENT: Final = {
    "en": "The first harvest from Assam is here: a small batch, as long as it lasts.",
    "lt": "Atkeliavo pirmasis Asamo derlius: maža partija, kol yra.",
    "fa": "نخستین برداشت آسام رسید: مقداری کم، تا وقتی که موجود است.",
    "ar": "وصل أول قطاف من آسام: كمية صغيرة حتى نفادها.",
}
# By language: what a link is called, and the place on the shop's page it leads to.
LINKS: Final = {
    "en": (("Our teas", "tea"), ("Cups and pots", "ceramics")),
    "lt": (("Mūsų arbatos", "tea"), ("Puodeliai ir arbatinukai", "ceramics")),
    "fa": (("چای‌های ما", "tea"), ("فنجان‌ها و قوری‌ها", "ceramics")),
    "ar": (("أنواع الشاي لدينا", "tea"), ("الأكواب والأباريق", "ceramics")),
}


def links(origin: str) -> dict[str, list[dict[str, str]]]:
    """Return the links as an inbox keeps them, onto the demo shop's pages at an origin."""
    return {
        code: [{"title": title, "url": f"{origin}/demo/{code}/#{place}"} for title, place in named]
        for code, named in LINKS.items()
    }
