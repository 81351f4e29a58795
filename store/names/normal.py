"""The normal form of text: what is left of a name when only its letters and figures count.

Full width becomes half width, case goes, traditional characters become simplified, and everything
that only separates becomes a space. Dates get one form, so that every board's way to write a day
compares equal:

    (2025-03-26), 20250326, 250326  →  @20250326
    05-06, 05/06                    →  @0506     (a year is not to be guessed)
    03-2025, 202503, March-25       →  @2503
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 200
"""Characters that are read of a name; no board prints half as many."""

# The traditional characters of vendors' and models' names and of the words of questions. A table of
# these is enough; the converters on PyPI carry tens of thousands for whole texts.
SIMPLIFIED: Final = str.maketrans(
    "義問訊騰雲階躍萬飛書聯寶實驗軟偉達亞馬遜蘋團節動譜圖華為開語標準無學習視覺輕質強國東爾羅維納"
    "紅長貓龍盤極訓練億參數體專業領門靈曉頻應對話測試導據塊碼編寫網點場陽風醫這個與讀記憶臉輝駝雙"
    "餾預覽艦勞誰較價錢週變們幾單療務關歷從嗎還過後來間給當現種條請說麼甚裡裏顯進遠邊勝負壓輸贏趨"
    "勢漲貴賣買費內總認識幫讓樣會優廠創術財經濟類別計邏輯瞭嘗異執資誌閉權獨將倫灣廣聽爭戰擊敗處側"
    "報紹詳細發佈釋舊兩隻檔議題電腦員師藥護貨綜評級線鏡僅滿減壞麗齊稱簡約終結構統續圍沒於妳臺纔係"
    "囉著範隨針舉熱盡穩獲選擇薦歲樂歡讚確錄繼輪遊戲籤軌跡層環煩謝齡鐘劃績幣協許況狀頂頭腳邁暫漸檢"
    "輩輔競淨時閱組頓厲態遷尋詩詞娛設擷講項靜愛漢錯奧難誒禮繹螞蟻適號屬該夢規爛決贊兒剛詢殺爲訴萊擠證聞墊喲飽"
    "換聰蘭韓趕調積復區軍運機湯躋鮮產並親",
    "义问讯腾云阶跃万飞书联宝实验软伟达亚马逊苹团节动谱图华为开语标准无学习视觉轻质强国东尔罗维纳"
    "红长猫龙盘极训练亿参数体专业领门灵晓频应对话测试导据块码编写网点场阳风医这个与读记忆脸辉驼双"
    "馏预览舰劳谁较价钱周变们几单疗务关历从吗还过后来间给当现种条请说么什里里显进远边胜负压输赢趋"
    "势涨贵卖买费内总认识帮让样会优厂创术财经济类别计逻辑了尝异执资志闭权独将伦湾广听争战击败处侧"
    "报绍详细发布释旧两只档议题电脑员师药护货综评级线镜仅满减坏丽齐称简约终结构统续围没于你台才系"
    "啰着范随针举热尽稳获选择荐岁乐欢赞确录继轮游戏签轨迹层环烦谢龄钟划绩币协许况状顶头脚迈暂渐检"
    "辈辅竞净时阅组顿厉态迁寻诗词娱设撷讲项静爱汉错奥难诶礼绎蚂蚁适号属该梦规烂决赞儿刚询杀为诉莱挤证闻垫哟饱"
    "换聪兰韩赶调积复区军运机汤跻鲜产并亲",
)

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_YEAR: Final = r"20[2-3]\d"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"


def _dated(pattern: str, form: str) -> tuple[re.Pattern[str], str]:
    return re.compile(f"(?<![\\d.@]){pattern}(?!\\d|\\.\\d)"), f" @{form} "


_DATES: Final = (
    _dated(rf"({_YEAR})[-./_ 年]({_MONTH})[-./_ 月]({_DAY})日?", r"\1\2\3"),
    _dated(rf"({_YEAR})({_MONTH})({_DAY})", r"\1\2\3"),
    _dated(rf"(2[3-9])[-_ ]({_MONTH})[-_ ]({_DAY})", r"20\1\2\3"),
    _dated(rf"(2[3-9])({_MONTH})({_DAY})", r"20\1\2\3"),
    _dated(rf"({_MONTH})[-/_ ]20(2\d)", r"\2\1"),
    _dated(rf"20(2\d)[-/_]?({_MONTH})", r"\1\2"),
    _dated(rf"({_MONTH})[-/_ ]({_DAY})", r"\1\2"),
    _dated(rf"({_MONTH}{_DAY}|2[3-9]{_MONTH})", r"\1"),
)
_MAY_BE_DATE: Final = re.compile(r"\d{4}|\d\d[-./_ 年]\d\d")
_NAMED_MONTH: Final = re.compile(rf"(?<![a-z])({'|'.join(_MONTHS)})[a-z]*[-_ ](?:20)?(2\d)(?!\d)")

# Figures that belong together, however they are separated: `3-7` and `2_5` are versions, since no
# other single figures follow each other in names, and `72 b` is a size.
_APART: Final = re.compile(r"\d[-_ ,][\db]")
_SIZE_APART: Final = re.compile(r"(?<=\d) (?=b\b)")
_VERSION_APART: Final = re.compile(r"(?<![\d.@])(\d)[-_ ,](\d)(?![\d.]|[a-z])")
_PATH: Final = re.compile(r"^[^\s/()]*[^\W\d][^\s/()]*/(?=.*[^\W\d])")
_FIGURES_APART: Final = re.compile(r"(?<=\d) ?([-/]) ?(?=\d)")
_BETWEEN_FIGURES: Final = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_BETWEEN: Final = re.compile(r"[^\w.+]|_|(?<!\d)\.|\.(?!\d)")
_SEPARATORS: Final = re.compile(r"[^\w.@]|_|(?<!\d)\.|\.(?!\d)")


def plain(text: str) -> str:
    """Return `text` in NFKC, lower case and simplified characters, with single spaces."""
    text = text[:LONGEST]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).casefold()[:LONGEST].translate(SIMPLIFIED)
    return " ".join(_clean(text).lower().split())


def without_path(text: str) -> str:
    """Return `text`, which is plain, without the path in front: `meta-llama/llama-4` is `llama-4`."""
    while (shorter := _PATH.sub("", text)) != text:
        text = shorter
    return text


def normal(text: str) -> str:
    """Return the words and figures of `text`, separated by single spaces; dates are marked with `@`."""
    return separate(plain(text))


def glued(name: str) -> str:
    """Return the letters and figures of `name`, with nothing between them."""
    return "".join(mark for mark in plain(name) if mark.isalnum())


def run_together(name: str) -> str:
    """Return `name` with nothing between its words, and a point between figures that are apart."""
    return _BETWEEN.sub("", _BETWEEN_FIGURES.sub(".", plain(name)))


def separate(text: str) -> str:
    """Return `text`, which is plain, with dates and versions in one form and spaces for separators."""
    text = _FIGURES_APART.sub(r"\1", text.replace("@", " ").replace("+", " plus "))
    if any(mark in text for mark in _MONTHS):
        text = _NAMED_MONTH.sub(_month, text)
    if _MAY_BE_DATE.search(text):
        for pattern, form in _DATES:
            text = pattern.sub(form, text)
    if _APART.search(text):
        text = _VERSION_APART.sub(r"\1.\2", _SIZE_APART.sub("", text))
    return " ".join(_SEPARATORS.sub(" ", text).split())


def _month(match: re.Match[str]) -> str:
    return f" @{match[2]}{_MONTHS.index(match[1]) + 1:02} "


def _clean(text: str) -> str:
    """Return `text` without what cannot be seen: control and format characters, lone surrogates."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else " " for mark in text)
