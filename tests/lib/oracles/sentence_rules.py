"""Rules for any sentence with figures. They look at the words only and use no formatter of the product.

A rule is a pattern that must not occur in a sentence, with a description of the fault.
"""

import re

from stats.readings import Reading

_NUMBER = r"[\d,]+(?:\.\d+)?"
_MEASURES = "人|名|人次|户|家|份|场次|次|项|期|条|对|起|件|个|元|万元|亿元|吨|年"
_NEVER = {
    r"(?i)(?<![a-z])(?:nan|inf|none|null|undefined)(?![a-z])": "a value that is no number",
    r"—(?!\d)": "a dash where there are no data",  # 2008—2010年 is a span
    r"[{}\ufdd0-\ufdd2]": "a placeholder or mark left over",
    r"<[a-z/]|object at 0x": "an object of the program",
    rf"(?:约|近|超过|至少|不少于){_NUMBER}(?:{_MEASURES}|%)?(?:多|左右|以上|余)": "a doubled approximation",
    rf"多(?:{_MEASURES})(?:左右|以上|余)": "a doubled approximation",
    r"以上(?:左右|多|以上)|左右左右|约约": "a doubled approximation",
    rf"(?:下降|减少|降低)(?:了|到)?{_NUMBER}倍": "a fall by a multiple",
    r"(?:增加|减少|提高|下降|增长|高出|还差)(?:到|了)?[−-]": "a sign after a verb",
    rf"(?:增加|减少){_NUMBER}(?:%|个百分点)": "a rate that is added to like a count",
    rf"(?:提高|下降){_NUMBER}(?:{_MEASURES})(?!百分点)": "a count that moves like a rate",
    rf"(?:增加|减少|提高|下降|增长)0(?:\.0+)?(?:{_MEASURES}|%|个百分点)": "a change of nothing",
    r"(?:增加|减少|提高|下降|增长)到?(?=[，。；）]|$)": "a verb without its size",
    rf"持平{_NUMBER}": "no change, with a size",
    rf"{_NUMBER}(?=[，。；）]|$)": "a number without a measure",
    r"%%|个百分点%|元元|万元元|人人|家家": "a measure twice",
    r"。。|，，|；；|，。|（）": "a mark of punctuation too many",
    r"没有数据[，；][^。]*没有数据": "no data, said a clause a figure",
    r"比\d{4}年[^，。]{0,6}持平": "no change, compared with 比",
    r"｜": "a mark that parts clauses, left over",
}
_UP, _DOWN = ("增加", "提高", "增长"), ("减少", "下降")
_DATES = re.compile(r"\d{4}-\d\d-\d\d|已报[\d,]+/[\d,]+")  # numbers without a measure


def faults_of(text: str) -> list[str]:
    """Return the faults of a text, each with the words concerned."""
    read = _DATES.sub("（略）", text)
    return [
        f"{wrong}: …{read[max(0, found.start() - 12) : found.end() + 8]}…"
        for pattern, wrong in _NEVER.items()
        for found in re.finditer(pattern, read, re.MULTILINE)
    ]


def faults_of_change(text: str, reading: Reading) -> list[str]:
    """Return the faults of a text about the change of one reading: verb and sign, size and measure."""
    wrong = faults_of(text)
    change = reading.change
    said_up, said_down = (any(verb in text for verb in verbs) for verbs in (_UP, _DOWN))
    if change is None or reading.comparable_change is not None:
        return wrong
    if said_up and change <= 0 or said_down and change >= 0:
        wrong.append(f"verb against sign: {text} for {change}")
    if (said_up or said_down) and reading.measure == "%" and "增长" not in text and "到" not in text:
        wrong += [] if "个百分点" in text else [f"a rate without points: {text}"]
    return wrong
