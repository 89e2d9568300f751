"""Who works at the demo shop, who visits it, and what they keep at hand."""

from dataclasses import dataclass
from typing import Any, Final

from tenants.permissions import Role

# For whoever tries Parley on their own machine; `make run` prints it.
PASSWORD: Final = "parley-demo"  # noqa: S105 - the demo's, which everybody may know


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    email: str
    name: str
    role: Role
    language: str
    # The languages they answer in.
    speaks: tuple[str, ...]
    teams: tuple[str, ...]


COLLEAGUES: Final = (
    Colleague(
        email="demo@parley.example", name="Dana Miller", role=Role.OWNER, language="en",
        speaks=("en",), teams=("orders", "advice"),
    ),
    Colleague(
        email="ieva@parley.example", name="Ieva Kazlauskaitė", role=Role.MANAGER, language="lt",
        speaks=("lt", "en"), teams=("orders", "advice"),
    ),
    Colleague(
        email="omar@parley.example", name="Omar Haddad", role=Role.OPERATOR, language="ar",
        speaks=("ar", "en"), teams=("orders",),
    ),
    Colleague(
        email="nasrin@parley.example", name="Nasrin Ahmadi", role=Role.OPERATOR, language="fa",
        speaks=("fa", "en"), teams=("advice",),
    ),
)  # fmt: skip

TEAMS: Final = {"orders": "Orders", "advice": "Tea and clay"}
TAGS: Final = {
    "advice": "#0f766e",
    "damaged": "#b91c1c",
    "delivery": "#1d4ed8",
    "discount": "#a16207",
    "gift": "#a21caf",
    "missing": "#c2410c",
    "payment": "#475569",
    "returns": "#b45309",
    "wholesale": "#4338ca",
    "workshop": "#15803d",
}
MACROS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "Parcel is late",
        "reply": (
            "I am sorry, {{contact.first_name}}: your parcel is late. I have asked the courier and come back to you"
            " tomorrow."
        ),
        "note": "Asked the courier.",
        "tags": ["delivery"],
        "priority": "high",
        "assigns": "me",
        "status": "snoozed",
        "snooze_hours": 24,
    },
    {
        "name": "Thank and close",
        "reply": "Thank you for writing to us. I wish you a slow and pleasant cup.",
        "status": "resolved",
    },
)
CANNED_REPLIES: Final = (
    ("hello", "Greeting", "Hello, thank you for writing to us. How can I help?"),
    ("order", "Ask for the order number", ("Could you tell me your order number?"
     " It is in the mail with the receipt and begins with LC.")),
    ("return", "Return label", ("You have 30 days to return anything that is unused."
     " I have just sent the label to your e-mail; we pay for the way back.")),
    ("brew", "How to brew sencha", ("Sencha likes water at 70 degrees and one minute."
     " Without a thermometer: boil it and wait seven minutes.")),
    ("care", "Care of ceramics", ("By hand, with warm water and no scourer, our glazes last a lifetime."
     " The dishwasher dulls them over the years.")),
    ("refund", "Refund is on its way", ("The refund has been released just now."
     " It takes two to four working days, depending on your bank.")),
    ("bye", "Farewell", "Is there anything else I can do for you? Otherwise I wish you a slow and pleasant cup."),
    ("ačiū", "Padėka (lt)", "Ačiū, kad parašėte. Jei kils klausimų, esame čia."),
    ("شكرا", "شكر (ar)", "شكراً لتواصلك معنا. هل هناك شيء آخر يمكنني مساعدتك به؟"),
    ("ممنون", "سپاس (fa)", "ممنون که پیام دادید. کار دیگری هست که بتوانم انجام بدهم؟"),
)  # fmt: skip
GREETINGS: Final = {
    "en": "Hello! Ask us about tea, cups or your order.",
    "lt": "Sveiki! Klauskite apie arbatą, puodelius ar savo užsakymą.",
    "fa": "سلام! درباره چای، فنجان یا سفارشتان بپرسید.",
    "ar": "مرحباً! اسألنا عن الشاي أو الأكواب أو طلبك.",
}

MENTION: Final = "may I send this one by express at our cost? It is for a birthday on Saturday."

# Shown name, name in an address, city.
VISITORS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "en": (
        ("Emma Clarke", "emma.clarke"), ("Liam Murphy", "liam.murphy"), ("Olivia Stone", "olivia.stone"),
        ("Noah Fischer", "noah.fischer"), ("Grace Hughes", "grace.hughes"), ("Jack Turner", "jack.turner"),
        ("Sofia Rossi", "sofia.rossi"), ("Henry Adams", "henry.adams"), ("Chloe Martin", "chloe.martin"),
        ("Oscar Nilsson", "oscar.nilsson"), ("Ruby Walker", "ruby.walker"), ("Ben Carter", "ben.carter"),
        ("Hannah Weber", "hannah.weber"), ("Tom Baker", "tom.baker"), ("Maya Patel", "maya.patel"),
        ("Ellie Brooks", "ellie.brooks"), ("Peter Novak", "peter.novak"), ("Julia Evans", "julia.evans"),
    ),
    "lt": (
        ("Rūta Petrauskienė", "ruta.petrauskiene"), ("Jonas Jankauskas", "jonas.jankauskas"),
        ("Eglė Žukauskaitė", "egle.zukauskaite"), ("Tomas Balčiūnas", "tomas.balciunas"),
        ("Gabija Stankevičiūtė", "gabija.stankeviciute"), ("Mantas Urbonas", "mantas.urbonas"),
        ("Austėja Kavaliauskaitė", "austeja.kavaliauskaite"), ("Darius Šimkus", "darius.simkus"),
        ("Monika Vaitkutė", "monika.vaitkute"), ("Paulius Giedraitis", "paulius.giedraitis"),
    ),
    "fa": (
        ("سارا محمدی", "sara.mohammadi"), ("علی رضایی", "ali.rezaei"), ("مریم کریمی", "maryam.karimi"),
        ("رضا حسینی", "reza.hosseini"), ("نیلوفر صادقی", "niloufar.sadeghi"), ("امیر جعفری", "amir.jafari"),
        ("زهرا موسوی", "zahra.mousavi"), ("حسین اکبری", "hossein.akbari"), ("پریسا نوری", "parisa.nouri"),
        ("کاوه شریفی", "kaveh.sharifi"),
    ),
    "ar": (
        ("ليلى حسن", "layla.hassan"), ("أحمد منصور", "ahmad.mansour"), ("فاطمة الزهراء", "fatima.zahra"),
        ("يوسف خليل", "youssef.khalil"), ("نور الدين", "nour.eddin"), ("سلمى عمر", "salma.omar"),
        ("خالد إبراهيم", "khaled.ibrahim"), ("هدى سالم", "huda.salem"),
    ),
}  # fmt: skip
CITIES: Final[dict[str, tuple[str, ...]]] = {
    "en": ("Bristol", "Leeds", "Dublin", "Utrecht", "Gothenburg"),
    "lt": ("Vilnius", "Kaunas", "Klaipėda", "Šiauliai", "Panevėžys"),
    "fa": ("تهران", "شیراز", "اصفهان", "تبریز", "رشت"),
    "ar": ("بيروت", "عمّان", "القاهرة", "تونس", "الدار البيضاء"),
}
# What is said with a rating: unhappy, neither, happy.
COMMENTS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]] = {
    "en": (
        ("Had to ask twice.", "Too slow for a simple question.", "My problem is still not solved."),
        ("Fine in the end.", "Friendly, but it took a while."),
        (
            "Quick and kind!",
            "Best support I have had in years.",
            "Solved in five minutes.",
            "Thank you, Dana!",
        ),
    ),
    "lt": (
        ("Teko klausti du kartus.", "Per ilgai laukiau."),
        ("Galiausiai viskas gerai.",),
        ("Greita ir malonu!", "Labai ačiū už pagalbą.", "Išspręsta per penkias minutes."),
    ),
    "fa": (
        ("دو بار مجبور شدم بپرسم.", "خیلی دیر جواب دادید."),
        ("در نهایت خوب بود.",),
        ("سریع و مهربان!", "عالی بود، ممنون.", "در پنج دقیقه حل شد."),
    ),
    "ar": (
        ("اضطررت إلى السؤال مرتين.", "الرد كان بطيئاً."),
        ("جيد في النهاية.",),
        ("سريع ولطيف!", "خدمة ممتازة، شكراً.", "حُلّت المشكلة في خمس دقائق."),
    ),
}
# A word weeks later, which opens the conversation again, and its answer.
AFTERTHOUGHTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "en": (("It arrived, and it is lovely. Thank you!", "That makes our day. Enjoy it!"),
           ("One more question: do you ship to Switzerland?", "We do, in four days, for 12.00.")),
    "lt": (("Gavau, labai gražu. Ačiū!", "Smagu girdėti. Gero gėrimo!"),
           ("Dar klausimas: ar siunčiate į Latviją?", "Taip, per tris dienas, 6,00 €.")),
    "fa": (("رسید، خیلی قشنگه. ممنون!", "خوشحال شدیم. نوش جان!"),
           ("یه سؤال دیگه: به ترکیه هم ارسال دارید؟", "بله، چهار روزه و با ۱۲ یورو.")),
    "ar": (("وصل الطلب وهو جميل جداً، شكراً لكم!", "أسعدتنا رسالتك، بالهناء والعافية."),
           ("سؤال آخر: هل ترسلون إلى تركيا؟", "نعم، خلال أربعة أيام وبتكلفة ١٢ يورو.")),
}  # fmt: skip
SPAM: Final = (
    "Boost your website to the first page of every search engine, guaranteed, reply now!!!",
    "Dear sir, we are factory of best porcelain, price very low, please send your whatsapp",
    "Congratulations, your shop was chosen for a crypto grant of 5000 USD. Confirm here.",
    "CHEAP FOLLOWERS 24h delivery, ask for price list",
)
