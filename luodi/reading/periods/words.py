"""The vocabulary of time expressions, as pattern pieces; data for the period rules."""

from __future__ import annotations

HAN = "\u4e00-\u9fff"
GAP = r"[ \t\u3000\xa0]{0,2}"
"""Pages put spaces round digits: 2022 年 3 月."""

DIGIT = "[0-9０-９]"
HAN_NUMERAL = "一二三四五六七八九十"
LOST = r"?\ufffd□×＊*Xx"
"""Signs that stand where a sign was lost or withheld: a date beside one is not read, whatever is left of it."""

DASH = r"[-－—–―─~～〜]{1,2}"
TO = rf"{GAP}(?:{DASH}|至|到){GAP}"

# a number that nothing runs into from the left: neither digits nor decimals nor lost signs nor an unread year
FREE_DIGITS = rf"(?<![0-9０-９.．/／{LOST}年第A-Za-z])(?<!年[ \u3000\xa0])(?<![0-9０-９][-－—–~～])"
FREE_HAN = rf"(?<![{HAN_NUMERAL}〇零百千两几数第年{LOST}])"
WHOLE_WORD = rf"(?:(?<![{HAN}])|(?<=[在于自从到至与和及由为将按据即已了至迄是年对]))"
"""For words that easily are the tail of another one (前年 in 目前年均): only after punctuation or a particle."""

YEAR_DIGITS = r"(?:1[89]|2[01]|１[８９]|２[０１])[0-9０-９]{2}"
YEAR_HAN = "[一二][〇零○O0０一二三四五六七八九]{3}"
MONTH_DIGITS = "(?:1[0-2]|0?[1-9]|１[０-２]|０?[１-９])"
MONTH_HAN = "(?:十[一二]?|[一二三四五六七八九])"
DAY_DIGITS = "(?:[12][0-9]|3[01]|0?[1-9]|[１２][０-９]|３[０１]|０?[１-９])"
DAY_HAN = "(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
COUNT = f"(?:[0-9０-９]{{1,2}}|[{HAN_NUMERAL}两]{{1,2}})"
QUARTER = "[一二三四1-4１-４]"

NOT_A_YEAR = (
    r"(?!代|版|级|龄|轻|货|薪|鉴|画|味|夜|糕|检|糟|历史|的历史|以上|左右|前后|之久"
    rf"|第{GAP}(?:{DIGIT}{{1,4}}|[{HAN_NUMERAL}百]{{1,5}}){GAP}(?:次|号|期|届|场|批))"
)
"""What makes 年 part of something else: 2020年代, 2021年版, 2000年历史, 2021年第15次常务会议."""

NOT_BOTTOM = "(?![线数气蕴座色层部细子片梢])"
NOT_INNER = "(?![部容外涝需河陆蒙控涵生在科])"
NOT_FIRST = "(?![步级中心衷期次始创审夏冬春秋试衰])"
"""What makes 底, 内 and 初 part of another word: 底线, 内容, 初步."""

LABELS = r"(?:前)?(?:远景(?:目标|规划|展望)|可持续发展|(?:碳达峰|碳中和)(?:行动|方案|工作|目标|实施))"
"""Names that carry a year but do not say when a thing is done."""

OPEN_QUOTE, CLOSE_QUOTE = "[“\"‘'「『〝＂]", "[”\"’'」』〞＂]"

BASE_BEFORE = r"(?:(?<![占评])比|较|高于|低于|多于|少于|相当于)"
BASE_AFTER = (
    rf"(?:的?同期|(?:的)?基础上|{GAP}(?:相比|相较)|的?{GAP}[0-9０-９.．一二两三四五六七八九十]{{1,6}}{GAP}倍|的?(?:同期)?水平"
    r"|的?(?:不变价|可比价|价格计算))"
)
"""Words that make the stretch a base of comparison (比上年增长, 2015年的1.8倍): it then says nothing of when."""

MARKS = (
    rf"[年月季]|{OPEN_QUOTE}[{HAN_NUMERAL}]{{1,2}}五|十[{HAN_NUMERAL}]五|(?:19|20)[0-9]{{2}}[-－—./~～]"
    "|截[至止]|即日起|迄今|到目前|元旦|国庆|[五六七八十]一|春节|新春|除夕|元宵|清明|端午|中秋|重阳|劳动节|儿童节|教师节|[上本这下](?:一|个)?(?:周|星期)|[昨今明][天日]|[前后]天|[今明][春秋]"
)
"""A sentence with none of these names no period."""

FIRST_SIGNS = (
    f"[0-9０-９{HAN_NUMERAL}两今本去上前明来下后当同该次翌第全年月季即截到迄每最近刚过这未接用头首元国"
    "春新除清端中重劳儿教秋昨半“\"‘'「『〝＂]"
)
"""Every expression begins with one of these; looking for them first is several times faster."""
