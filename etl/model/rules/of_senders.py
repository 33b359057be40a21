"""Rules on what the sender's account may not send."""

from etl.model.rules.rule import RETURN, rule
from etl.model.rules.wording import Wording

_TO_COUNTY = "请交给县总工会工作人员"

OF_SENDERS = (
    rule(
        "form_not_spoken", "sender", RETURN, "这张表不由填报员报", "请县总工会填报",
        Wording("这是《{form}》", "这张表由县总工会填报，填报员的账号不能报", _TO_COUNTY),
    ),
    rule(
        "column_not_spoken", "sender", RETURN, "填了由县总工会填的一栏", "清空这一栏再报",
        Wording(
            "填的是{value}[，这一栏共填了 {count:,} 格]",
            "这一栏由县总工会填，填报员报的要留空",
            f"请清空这一栏再报；要改这一栏，{_TO_COUNTY}",
        ),
    ),
    rule(
        "return_of_county", "sender", RETURN, "县总工会已经报过这张表", "要改的请县总工会改",
        Wording("县总工会已经报过这一期的《{form}》", "再报就会代替它，连同其中的{labels:、}", _TO_COUNTY),
    ),
)  # fmt: skip
