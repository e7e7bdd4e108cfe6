"""Names behind or before a title, and initials with a surname: "Frau Petra Schneider", 佐藤様, "A. M. Lopez". Pure.

For files that leave the house. Not for translation: "Mr Coffee" and "Dr. Martens" are goods too, and an engine needs
their words.
"""

from __future__ import annotations

import re

from .names_said import SURNAMES
from .occurrences import Span

_WORD = r"(?:[OD][’'](?=[A-Z]))?[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ][^\W\d_]{1,29}(?:[-’'][^\W\d_]{2,29})?"
_TITLES = (
    r"Mr|Mrs|Ms|Miss|Mx|Herrn?|Frau|Sra?|Srta|Señora?|Señorita|Senhora?|Don|Doña|Monsieur|Madame|Mme|Mlle|Signora?"
    r"|Pani|Bayan|Bapak|Ibu|Господин|Госпожа|г-н|г-жа"
)
_SMALL = r"(?:de|da|do|dos|del|la|van|von|der|den|di|bin|binti|al)\s"
#: A given name may be one initial: "Mr J. Smith", "Mr J Smith"; small words stand inside a name: "Frau von Thun".
_TITLED = re.compile(
    rf"(?<![^\W\d_])(?:{_TITLES})\.? (?P<name>(?:{_SMALL}){{0,2}}(?:(?:[A-Z]\.? ?){{1,3}}{_WORD}|{_WORD})"
    rf"(?: (?:{_SMALL}){{0,2}}(?:{_WORD}|[A-Z]\.(?= [A-Z]))){{0,3}})"
)
#: Goods and works that are called like people.
_GOODS_WORDS = (
    "coffee bean clean muscle price potato rogers brown lego pc quixote quijote mister box pig kitty universe usa "
    "america world muffin lube cooper butterfly bovary tussauds marvel robot beast incredible peabody squiggle "
    "holle doubtfire meyers meyer dalloway piggle dior chanel right darcy office hamil menyusui anak guru rumah "
    "perignon"
)
_GOODS = frozenset(_GOODS_WORDS.split())
_INITIALS = re.compile(
    rf"(?<![\w.])(?:(?P<dotted>(?:[A-Z]\. ?){{2,3}}){_WORD}(?: {_WORD})?"
    r"|(?P<bare>(?:[A-Z] ){2})[A-Z][a-zà-ÿ]{2,29}(?= *(?:[,.;\n]|$)))"
)
#: What else has a dot behind each letter.
_NOBODY = frozenset(
    {"US", "USA", "UK", "UAE", "EU", "UN", "DC", "PS", "PO", "PM", "LL", "AC", "TV", "NB", "ZB", "LA", "NY"}
)
_SIZES = frozenset("SMLX")
_CLOCK = re.compile(r"\d ?$")

#: Common surnames of Japan: one of them before さん is somebody; お客 and 仕 (仕様) are nobody.
_JAPANESE = (
    "佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|渡邉|山本|中村|小林|加藤|吉田|山田|佐々木|山口|"
    "松本|井上|木村|林|斎藤|斉藤|齋藤|清水|山崎|森|池田|橋本|阿部|石川|山下|中島|石井|"
    "小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|藤原|"
    "岡本|三浦|金子|中野|中川|原田|松田|竹内|小野|田村|中山|和田|石田|森田|上田|原|"
    "内田|柴田|酒井|宮崎|横山|高木|安藤|宮本|大野|小島|谷口|工藤|今井|高田|増田|丸山|"
    "杉山|村田|大塚|新井|小山|平野|藤本|河野|上野|野口|武田|松井|千葉|岩崎|菅原|木下|"
    "久保|佐野|野村|松尾|菊地|菊池|杉本|市川|古川|大西|島田|水野|桜井|高野|吉川|山内|"
    "西田|飯田|菅野|西川|小松|北村|安田|五十嵐|川口|平田|関|中田|久保田|服部|東|岩田|"
    "土屋|川崎|福島|本田|辻|樋口|秋山|田口|永井|山中|中西|吉村|川上|石原|大橋|松岡|"
    "馬場|浜田|森本|星野|矢野|浅野|大久保|松下|吉岡|小池|野田|荒木|大谷|内藤|熊谷|黒田|"
    "堀|尾崎|望月|永田|松浦"
)
_HAN = "\u4e00-\u9fff"
#: Surnames of nearly everybody in Korea.
_KOREAN = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나엄"
    "채원천방공현함변염추도소석선설마길"
)
_THAI_WORD = r"[ก-ฮเ-ไ][\u0e00-\u0e4e]"
#: What stands behind คุณ where it is only "you", or begins another word: verbs, the shop, คุณภาพ.
_NOT_THAI = (
    "ส่ง|มี|จะ|ได้|ช่วย|ขาย|ให้|บอก|ต้อง|เอา|ไม่|ยัง|ภาพ|สมบัติ|ค่า|แม่|พ่อ|ลูกค้า|หมอ|ครู|เป็น|อยู่|กำลัง|เคย|ทำ|คิด|ตอบ|รับ|เช็ค"
    "|ลอง|ใช้|สามารถ|ควร|ก็|เลือก|แอด|ร้าน|คือ|อยาก|ว่า|ถาม|แนะนำ|พร้อม|ซื้อ|สั่ง|พูด|โกหก"
    "|รู้|เห็น|ไป|มา|สนใจ|ดู|ยืนยัน|หลอก|น่า|ใจ|แน่|กรุณา|โทร|โอน|จ่าย|คืน|เปลี่ยน|ยกเลิก|ตรวจ"
)
_JOINED = re.compile(
    rf"(?<![{_HAN}])(?P<japanese>(?:{_JAPANESE})(?:\s?[{_HAN}\u3041-\u3096]{{1,3}}?)?)\s?(?:さん|様|さま|氏)"
    rf"|(?<![{_HAN}])(?P<chinese>[{SURNAMES}][{_HAN}]{{0,2}})(?:先生|女士|小姐)"
    rf"|(?<![가-힣])(?P<korean>[{_KOREAN}][가-힣]{{2}})\s?(?:씨|님)(?![가-힣]{{2}})"
    rf"|(?:นาย|นางสาว|นาง|น\.ส\.|เด็กชาย|เด็กหญิง)\s?(?P<thai>{_THAI_WORD}{{1,20}}\s{_THAI_WORD}{{2,25}})"
    rf"|(?:ชื่อ|ผู้รับ|เรียน|ถึง)\s?:?\s?คุณ\s?(?P<named>(?!{_NOT_THAI}){_THAI_WORD}{{1,14}}(?:\s{_THAI_WORD}{{2,20}})?)"
    r"(?=[\s,.]|$|ครับ|ค่ะ|คะ|นะ)"
    rf"|(?:^|(?<=[\s,:]))คุณ(?P<called>(?!{_NOT_THAI}){_THAI_WORD}{{1,14}}\s{_THAI_WORD}{{2,20}})(?=[\s,.]|$)",
    re.MULTILINE,
)
#: Roles that begin like a Korean surname.
_ROLES = frozenset({"판매자", "담당자", "구매자", "이용자", "공급자", "주문자", "선생님", "기사님", "사장님", "고객님"})


def titled_names(text: str) -> list[Span]:
    """Where such names stand, without the title, in no order."""
    found = [
        match.span("name") for match in _TITLED.finditer(text) if match["name"].split()[0].casefold() not in _GOODS
    ]
    found += [match.span() for match in _INITIALS.finditer(text) if _somebody(text, match)]
    for match in _JOINED.finditer(text):
        name = match.lastgroup or ""
        if match[name] not in _ROLES:
            found.append(match.span(name))
    return found


def _somebody(text: str, match: re.Match[str]) -> bool:
    """Whether initials are of a person: no state, no hour ("10 A.M. Monday"), no sizes ("S M Blue")."""
    letters = "".join(char for char in match["dotted"] or match["bare"] if char.isalpha())
    if match["bare"] and _SIZES.issuperset(letters):
        return False
    hour = letters == "AM" and _CLOCK.search(text, max(0, match.start() - 2), match.start())
    return letters not in _NOBODY and not hour
