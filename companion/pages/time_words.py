"""Words that page times are made of, per language; lower case, Latin letters without accents.

A word stands for one thing within a language ("mar" is March in English, Tuesday in Spanish), so a label is
read with the words of one language at a time.
"""

from __future__ import annotations

#: Days back from today.
DAY_WORDS: dict[str, dict[str, int]] = {
    "en": {"today": 0, "yesterday": 1},
    "zh": {"今天": 0, "昨天": 1, "前天": 2, "昨日": 1, "今日": 0},
    "ja": {"今日": 0, "昨日": 1, "一昨日": 2, "おととい": 2, "きょう": 0, "きのう": 1},
    "ko": {"오늘": 0, "어제": 1, "그저께": 2, "그제": 2},
    "es": {"hoy": 0, "ayer": 1, "anteayer": 2},
    "pt": {"hoje": 0, "ontem": 1, "anteontem": 2},
    "de": {"heute": 0, "gestern": 1, "vorgestern": 2},
    "fr": {"aujourd'hui": 0, "aujourd’hui": 0, "hier": 1, "avant-hier": 2},
    "th": {"วันนี้": 0, "เมื่อวานนี้": 1, "เมื่อวาน": 1},
    "vi": {"hom nay": 0, "hom qua": 1, "hom kia": 2},
    "id": {"hari ini": 0, "kemarin": 1},
    "ru": {"сегодня": 0, "вчера": 1, "позавчера": 2},
    "ar": {"اليوم": 0, "امس": 1, "أمس": 1},
}

#: Monday is 0. Each string: the names of one day.
_WEEKDAYS: dict[str, str] = {
    "en": "monday mon|tuesday tue tues|wednesday wed|thursday thu thur thurs|friday fri|saturday sat|sunday sun",
    "zh": "星期一 周一 週一 礼拜一|星期二 周二 週二 礼拜二|星期三 周三 週三 礼拜三|星期四 周四 週四 礼拜四"
    "|星期五 周五 週五 礼拜五|星期六 周六 週六 礼拜六|星期日 星期天 周日 週日 礼拜天",
    "ja": "月曜日 月曜|火曜日 火曜|水曜日 水曜|木曜日 木曜|金曜日 金曜|土曜日 土曜|日曜日 日曜",
    "ko": "월요일|화요일|수요일|목요일|금요일|토요일|일요일",
    "es": "lunes lun|martes mar|miercoles mie|jueves jue|viernes vie|sabado sab|domingo dom",
    "pt": "segunda-feira segunda seg|terca-feira terca ter|quarta-feira quarta qua|quinta-feira quinta qui"
    "|sexta-feira sexta sex|sabado sab|domingo dom",
    "de": "montag mo|dienstag di|mittwoch mi|donnerstag do|freitag fr|samstag sonnabend sa|sonntag so",
    "fr": "lundi lun|mardi mar|mercredi mer|jeudi jeu|vendredi ven|samedi sam|dimanche dim",
    "th": "วันจันทร์ จันทร์|วันอังคาร อังคาร|วันพุธ พุธ|วันพฤหัสบดี พฤหัสบดี|วันศุกร์ ศุกร์|วันเสาร์ เสาร์|วันอาทิตย์ อาทิตย์",
    "vi": "thu hai|thu ba|thu tu|thu nam|thu sau|thu bay|chu nhat",
    "id": "senin sen|selasa sel|rabu rab|kamis kam|jumat jum|sabtu sab|minggu min",
    "ru": "понедельник пн|вторник вт|среда среду ср|четверг чт|пятница пятницу пт|суббота субботу сб|воскресенье вс",
    "ar": "الاثنين|الثلاثاء|الاربعاء الأربعاء|الخميس|الجمعة|السبت|الاحد الأحد",
}

#: January first. Chinese, Japanese and Korean write months as numbers.
_MONTHS: dict[str, str] = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept"
    "|october oct|november nov|december dec",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|septiembre setiembre sep"
    " sept set|octubre oct|noviembre nov|diciembre dic",
    "pt": "janeiro jan|fevereiro fev|marco mar|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set"
    "|outubro out|novembro nov|dezembro dez",
    "de": "januar jan janner|februar feb|marz mrz|april apr|mai|juni jun|juli jul|august aug|september sep sept"
    "|oktober okt|november nov|dezember dez",
    "fr": "janvier janv|fevrier fevr|mars|avril avr|mai|juin|juillet juil|aout|septembre sept|octobre oct"
    "|novembre nov|decembre dec",
    "th": "มกราคม ม.ค|กุมภาพันธ์ ก.พ|มีนาคม มี.ค|เมษายน เม.ย|พฤษภาคม พ.ค|มิถุนายน มิ.ย|กรกฎาคม ก.ค|สิงหาคม ส.ค"
    "|กันยายน ก.ย|ตุลาคม ต.ค|พฤศจิกายน พ.ย|ธันวาคม ธ.ค",
    "id": "januari jan|februari feb|maret mar|april apr|mei|juni jun|juli jul|agustus agu agt|september sep"
    "|oktober okt|november nov|desember des",
    "ru": "января янв январь|февраля февр фев февраль|марта мар март|апреля апр апрель|мая май|июня июн июнь"
    "|июля июл июль|августа авг август|сентября сент сен сентябрь|октября окт октябрь|ноября нояб ноя ноябрь"
    "|декабря дек декабрь",
    "ar": "يناير|فبراير|مارس|ابريل أبريل|مايو|يونيو|يوليو|اغسطس أغسطس|سبتمبر|اكتوبر أكتوبر|نوفمبر|ديسمبر",
}

#: What a half of the day is called: am, pm, or a Chinese part of the day with rules of its own.
HALVES: dict[str, dict[str, str]] = {
    "en": {"a.m.": "am", "p.m.": "pm", "am": "am", "pm": "pm"},
    "zh": {
        "上午": "am",
        "早上": "am",
        "清晨": "am",
        "下午": "pm",
        "傍晚": "pm",
        "凌晨": "night",
        "中午": "noon",
        "晚上": "evening",
    },
    "ja": {"午前": "am", "午後": "pm"},
    "ko": {"오전": "am", "오후": "pm"},
    "es": {"a. m.": "am", "p. m.": "pm", "a.m.": "am", "p.m.": "pm", "am": "am", "pm": "pm"},
    "vi": {"sa": "am", "ch": "pm"},
    "ar": {"ص": "am", "م": "pm"},
}

#: Words between the parts that mean nothing.
FILLERS: dict[str, tuple[str, ...]] = {
    "en": ("at", "on", "of"),
    "es": ("a las", "a la", "de", "del", "el"),
    "pt": ("as", "de", "em"),
    "de": ("um", "uhr", "am", "den"),
    "fr": ("a", "le"),
    "th": ("เวลา", "น."),
    "vi": ("luc", "ngay"),
    "id": ("pukul", "pada", "jam"),
    "ru": ("года", "г.", "г", "в"),
    "ar": ("في", "الساعة"),
}


def _numbered(table: dict[str, str], first: int) -> dict[str, dict[str, int]]:
    return {
        language: {name: index for index, group in enumerate(names.split("|"), first) for name in group.split(" ")}
        for language, names in table.items()
    }


def _weekdays() -> dict[str, dict[str, int]]:
    table = _numbered({k: v for k, v in _WEEKDAYS.items() if k != "vi"}, 0)
    # Vietnamese names are two words ("thứ hai"), the others never hold a space.
    table["vi"] = {name: index for index, name in enumerate(_WEEKDAYS["vi"].split("|"))}
    return table


WEEKDAYS = _weekdays()
MONTHS = _numbered(_MONTHS, 1)
LANGUAGES = tuple(DAY_WORDS)
