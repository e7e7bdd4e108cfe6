"""Does a sentence deny something? For comparing a translation with its original, in twelve languages. Pure.

Three answers, because polite questions ("could you not …", 〜ませんか) and words such as "without" or "sold out" are
said with a negation in one language and without in another: only a clear yes against a clear no is a doubt.
"""

from __future__ import annotations

import re

from .codes import primary

#: What denies, by language.
_DENIES = {
    "zh": r"不|没|未|无法|无需|别(?!的|人|处|家|针|名)|勿|非(?=[^常])|从来不|并非",
    "en": r"\bnot\b|n['’]t\b|\bcannot\b|\bnever\b|\bno\b|\bnone\b|\bnothing\b|\bnobody\b|\bnor\b|\bneither\b"
    r"|\bdont\b|\bcant\b",
    "es": r"\bno\b|\bnunca\b|\bjamás\b|\bningun[oa]?\b|\bningún\b|\bnada\b|\bnadie\b|\btampoco\b|\bni\b",
    "pt": r"\bnão\b|\bnao\b|\bnunca\b|\bjamais\b|\bnenhum[a]?\b|\bnada\b|\bninguém\b|\bnem\b|\btampouco\b",
    "de": r"\bnicht\b|\bkein(?:e[nmrs]?)?\b|\bnie(?:mals)?\b|\bnichts\b|\bniemand\b|\bweder\b|\bnein\b",
    "fr": r"\bn['’]|\bne\b|\bpas\b|\bjamais\b|\brien\b|\baucun[e]?\b|\bpersonne\b|\bni\b|\bnon\b",
    "ja": r"ない|ません|なかった|なく(?!とも)|なけれ|ず(?:に|、|。|$)|いいえ|無(?:い|し)|不(?:可|要|明)|ありませ"
    r"|まへん",
    "ko": r"(?<![가-힣])안 |않|(?<![가-힣])못|없|아니|말아|말고|마세요|마십시오|불가|지 마",
    "th": r"ไม่|ยังไม่|มิได้|อย่า|ห้าม|หาไม่",
    "vi": r"\bkhông\b|\bkhong\b|\bchưa\b|\bchẳng\b|\bđừng\b|\bchớ\b|\bkhỏi\b|\bko\b",
    "id": r"\btidak\b|\bbelum\b|\bbukan\b|\bjangan\b|\bgak\b|\bga\b|\bnggak\b|\btanpa\b|\btak\b|\btiada\b|\bngga\b",
    "ru": r"\bне\b|\bнет\b|\bни\b|\bнельзя\b|\bникогда\b|\bничего\b|\bникто\b|\bникак\w*\b|\bнету\b|\bневозможно\b",
}
#: Phrases with a denying word that deny nothing: they are taken out first.
_NO_DENIAL = {
    "zh": r"不好意思|对不起|不客气|没关系|没问题|没事|(.)不\1|(?:有|是|能|会|可)没(?:有|是|能|会)?|要不要?|不过|不错"
    r"|差不多|不管|不论|无论|不仅|不但|不如"
    r"|不用客气|不然|不久|不断|不同|不足|不良|不少|别担心|不用担心|请勿|没想到|不得不|越来越|不止|不要紧|不见不散"
    r"|不一样|无忧",
    "en": r"\bno problem\b|\bno worries\b|\bnot at all\b|\bwhy not\b|\bno\.\s?\d|\bnot only\b|\bdon['’]t worry\b"
    r"|\bdon['’]t mind\b"
    r"|\bdon['’]t hesitate\b|\bor not\b|\bno later than\b|\bno matter\b|\bisn['’]t it\b|\bno rush\b"
    r"|\bcan['’]t wait\b|\bno longer\b",
    "es": r"\bno se preocupe\b|\bno te preocupes\b|\bno hay de qué\b|\bde nada\b|\bno dude[s]?\b|\b¿no\?"
    r"|\bno importa\b|\bni idea\b"
    r"|\bnada más\b|\bno hay problema\b|\bantes de nada\b|\bo no\b|\bnada\b(?=[.,!]?$)",
    "pt": r"\bnão se preocupe\b|\bde nada\b|\bpor nada\b|\bnão tem problema\b|\bsem problema[s]?\b|\bnão hesite\b"
    r"|\bnão é\?|\bou não\b"
    r"|\bnada mais\b|\bnão tem de quê\b|\bnão há de quê\b|\bnem\b",
    "de": r"\bnicht wahr\b|\bkeine sorge\b|\bkein problem\b|\bnichts zu danken\b|\bnicht nur\b|\bkeine ursache\b"
    r"|\boder nicht\b|\bnicht mehr\b",
    "fr": r"\bn['’]hésitez pas\b|\bne vous inquiétez pas\b|\bne t['’]inquiète pas\b|\bpas de (?:problème|souci)s?\b"
    r"|\bde rien\b"
    r"|\bn['’]est-ce pas\b|\bpourquoi pas\b|\bou non\b|\bil n['’]y a pas de quoi\b|\bune personne\b|\bla personne\b"
    r"|\bpar personne\b"
    # "ne … que" is only: nothing is denied
    r"|\bn(?:e |['’])(?:(?!\b(?:pas|plus|jamais|rien|aucun)\b)[^.!?]){0,40}?\bqu(?:e\b|['’])",
    "ja": r"すみません|すいません|申し訳(?:あり|ござい)ません|ませんか|ないですか|ないでしょうか|かもしれ(?:ない"
    r"|ません)|なければ(?:なら|いけ)"
    r"|問題(?:あり|ござい)ません|構いません|かまいません|差し支え(?:あり|ござい)ません|間違い(?:ない|あり)|少なく"
    r"|少ない|せずに|危ない|くださいませんか|ではない(?:か|でしょう)"
    r"|しか[^。]{0,20}(?:ない|ません)",
    "ko": r"아니요, 괜찮|걱정하지 마|문제 ?없|괜찮|아니면|못지|안녕|안내|안전|안심|안쪽|안에|불가피|없나요|않나요"
    r"|않을까|안 ?되나요|안 ?될까|밖에[^.]{0,15}(?:없|안 |못)",
    "th": r"ไม่เป็นไร|หรือไม่|ไม่ทราบว่า|ไม่ต้องห่วง|ไม่ต้องกังวล|ไม่มีปัญหา|ใช่ไหม|ไม่เกิน|หรือยัง",
    "vi": r"không sao|không vấn đề|không có gì|đừng lo|không chỉ|hay không|có .{1,40} không|\bkhông(?= ?(?:ạ|shop"
    r"|vậy|nhỉ|bạn|chị|anh|em|thế)?[ ,]*[?？]|$)"
    r"|\bchưa(?= ?(?:ạ|shop|vậy|nhỉ|bạn)?[ ,]*[?？])",
    "id": r"tidak apa|gak apa|nggak apa|ga apa|tidak masalah|jangan khawatir|atau tidak|jangan ragu|tidak hanya"
    r"|bukan hanya|sama-sama",
    "ru": r"не за что|не беспокойтесь|не переживайте|не волнуйтесь|не могли бы|не подскажете|нет проблем"
    r"|ничего страшного|не только|или нет"
    r"|как ни|что ни|не терпится|не стесняйтесь",
}
#: Words that deny in some languages' way of saying it: with one of them a sentence is neither clear yes nor clear no.
_PERHAPS = {
    "zh": r"缺|断货|卖完|坏|除|免|停|拒绝|差",
    "en": r"\bwithout\b|\bout of\b|\bsold out\b|\bunable\b|\bunavailable\b|\b(?:is|are|was|were|parts?) missing\b"
    r"|\bfail\w*|\brefus\w*|\bexcept\b|\black\w*"
    r"|\bhardly\b|\bstop\w*|\bfree\b|\bunless\b|\bimpossible\b|\bavoid\w*"
    r"|\bunopened\b",
    "es": r"\bsin\b|\bagotad\w*|\bfalt\w*|\brechaz\w*|\bexcepto\b|\bimposible\b|\bdej\w*"
    r"|\bsalvo\b|\bgratis\b",
    "pt": r"\bsem\b|\besgotad\w*|\bfalt\w*|\brecus\w*|\bexceto\b|\bimposs\w*"
    r"|\bdeix\w*|\bgrátis\b",
    "de": r"\bohne\b|\bausverkauft\b|\bvergriffen\b|\bfehl\w*|\babgelehn\w*|\baußer\b|\bunmöglich\b"
    r"|\w{3}los\b|\w{3}frei\b|\bun(?:geöffnet|benutzt|verfügbar)\w*",
    "fr": r"\bsans\b|\bépuis\w*|\bmanqu\w*|\brefus\w*|\bsauf\b|\bseul\w*|\bimposs\w*"
    r"|\brupture\b|\bgratuit\w*",
    "ja": r"切れ|欠|無|不|以外|失|拒|未",
    "ko": r"품절|빼고|무료|외에|실패|거절|누락|부족|달라|어렵|어색|빠져",
    "th": r"หมด|ขาด|ปฏิเสธ|ยกเว้น|ปราศจาก|นอกจาก|ฟรี|เสีย",
    "vi": r"\bhết\b|\bthiếu\b|\btừ chối\b|\bngoại trừ\b|\bmiễn\b|\btrừ\b|\bkhỏi\b",
    "id": r"\btanpa\b|\bhabis\b|\bkosong\b|\bkurang\b|\btolak\w*|\bkecuali\b|\bgagal\b"
    r"|\bselain\b|\bgratis\b",
    "ru": r"\bбез\b|\bзакончил\w*|\bкроме\b|\bне\w{4,}|\bбес\w{4,}|\bотказ\w*|\bошиб\w*"
    r"|\bраспродан\w*",
}
#: "Free of charge" is said without a denial in all twelve, so a denial beside it counts: "not free" is no "free".
_FREE = re.compile(
    r"免费|免運費|免运费|免邮费?|無料|무료|ฟรี|\bmiễn phí\b|\bgratis\b|\bgrátis\b|\bgratuit\w*"
    r"|\bkosten(?:los|frei)\w*|\bfree of charge\b|\bfor free\b|\bfree (?:shipping|delivery)\b"
    r"|\b(?:shipping|delivery) is free\b|\bsin cost[eo]\b|\bsem custo\b|\bsans frais\b|\bбесплатн\w*",
    re.IGNORECASE,
)
_ASKS_POLITELY = re.compile(r"[?？]")
_COMPILED = {
    code: tuple(re.compile(table[code], re.IGNORECASE) for table in (_NO_DENIAL, _DENIES, _PERHAPS)) for code in _DENIES
}


def denies(text: str, language: str) -> bool | None:
    """Whether the text denies something; None when it cannot be said, or for a language outside the twelve."""
    code = {"zt": "zh"}.get(primary(language), primary(language))
    if code not in _COMPILED:
        return None
    harmless, denying, perhaps = _COMPILED[code]
    text = _FREE.sub("…", text)
    rest = harmless.sub(" … ", text)
    if denying.search(rest):
        return None if _ASKS_POLITELY.search(text) else True
    if rest != text or perhaps.search(rest):
        return None
    return False


def negation_changed(source_text: str, output: str, source: str, target: str) -> bool:
    """Whether one clearly denies and the other clearly does not."""
    before, after = denies(source_text, source), denies(output, target)
    return before is not None and after is not None and before is not after
