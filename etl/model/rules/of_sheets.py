"""Rules on a sheet: which form it is, whose, for when, and what of it is not seen."""

from etl.model.rules.codes import EMPTY, MISSING_COLUMN, UNKNOWN_FORM
from etl.model.rules.rule import CONFIRM, NOTE, RETURN, rule
from etl.model.rules.wording import Wording

_TEMPLATE = "请用本期的报表模板重新填报"
_SAME_PERIOD = "两处应是同一期"
_KNOWN_REPORTER, _FULL_NAME = (
    "应是单位名册里的单位[，是不是“{near}”？]",
    "请写名册里的全称；新建的单位，请县总工会先在单位名册里添上",
)
_WHICH_PERIOD = "请核对报的是哪一期的表；只是名称没有改的，请说明"
_WRITE_PERIOD, _ADD_PERIOD = "应写明是哪一期，例如 {period}", "请补上报告期再报"
_OWN_NAME = "请改用报表里的栏名；确实不用的，请说明"
_OTHER_UNIT = "“{label}”的计量单位写的是“{text}”"
_SEEN = "看得见的才好核对"

OF_SHEETS = (
    rule(
        UNKNOWN_FORM, "sheet", ("return", "confirm"), "认不出是哪张报表", "用下发的模板填报",
        {
            "none": Wording("看不出是哪一张报表", "应是县总工会发的报表，表头栏名不要改动", _TEMPLATE),
            "nearest": Wording("不像我们的任何一张表", "最像“{form}”，差在{differences:，}", _TEMPLATE),
            "beside": Wording("表“{name}”（{height}行{width}列）看不出是哪一张报表"),
        },
    ),
    rule(
        MISSING_COLUMN, "sheet", RETURN, "缺必报的一栏", "按报表模板补上这一栏再报",
        Wording("缺“{label}”一栏", "{form}要有这一栏", "请按报表模板补上这一栏再报"),
    ),
    rule(
        "unknown_column", "sheet", CONFIRM, "有一栏认不出来", "改用报表里的栏名；确实不用的，请说明",
        {
            "one": Wording("“{label}”这一栏认不出来", "是不是{labels}这一栏？", _OWN_NAME),
            "few": Wording("“{label}”这一栏认不出来", "是不是{labels}里的一栏？", _OWN_NAME),
            "many": Wording("“{label}”这一栏认不出来", "是不是{labels}等 {count} 栏里的一栏？", _OWN_NAME),
        },
    ),
    rule(
        "double_column", "sheet", RETURN, "同一栏出现了两次", "删去多余的一栏",
        Wording("“{label}”这一栏出现了两次", "同一栏只能有一次", "请删去多余的一栏"),
    ),
    rule(
        "matched_column", "sheet", NOTE, "栏目按县里认定过的收", "如有变化，请说明",
        Wording("“{label}”这一栏按“{taken_as}”收", "县里对这种表式这样认定过", "如有变化，请说明"),
    ),
    rule(
        "unused_column", "sheet", NOTE, "有一栏报表里没有", "确需上报的，写在备注里",
        Wording("“{label}”这一栏没有用到", "报表里没有这一栏", "如确需上报，请写在备注里"),
    ),
    rule(
        "own_layout", "sheet", NOTE, "按本县的表式收", "如有变化，请说明",
        Wording("这张表按表式“{layout}”当作《{form}》收", "县里对这种表这样认定过", "如有变化，请说明"),
    ),
    rule(
        "sheet_left_out", "sheet", NOTE, "按本县的表式，这张工作表不读", "如有变化，请说明",
        Wording("这张工作表没有读", "县里的表式写明不读它", "如有变化，请说明"),
    ),
    rule(
        "persons_dropped", "sheet", NOTE, "个人信息没有收", "以后报来可以先删去",
        Wording("{names}里的个人信息没有收，存下的原件里也已抹去", "姓名、电话不入库", "以后报来可以先删去"),
    ),
    rule(
        "layout_lacks", "sheet", RETURN, "和认定过的表式比缺了栏", "补上，或由县总工会重新认定表式",
        Wording("和表式“{layout}”相比，没有{names}", "各期的栏目应一样", "请补上，或请县总工会重新认定表式"),
    ),
    rule(
        "layout_more", "sheet", CONFIRM, "和认定过的表式比多了栏", "不收的说明；要收的由县总工会重新认定表式",
        Wording(
            "和表式“{layout}”相比，多了{names}", "多的栏没有收", "不收的请说明；要收的，请县总工会重新认定表式"
        ),
    ),
    rule(
        "layout_year", "sheet", RETURN, "表式是别的年度的", "由县总工会按这一年重新认定表式",
        Wording(
            "这张表写的年份是{stated}，表式“{layout}”只收{year}的",
            "文件依据、时限等每年不同，不能照上一年的算",
            "请县总工会在“建库”里按这一年重新认定表式",
        ),
    ),
    rule(
        "heading_twice", "sheet", RETURN, "同样的栏头有几栏", "把栏头写开，或删去多余的一栏",
        Wording("“{label}”这个栏头有几栏", "分不清哪一栏是要收的", "请把栏头写开，或删去多余的一栏"),
    ),
    rule(
        "row_without_period", "sheet", RETURN, "有一行看不出是哪一期的", "在这一行写明是哪一期",
        Wording("“{text}”这一行看不出是哪一期的", "“{label}”一栏要写明，例如 1月、一季度", "请补上，或删去这一行"),
    ),
    rule(
        "table_not_read", "sheet", CONFIRM, "同一张工作表里的另一张表没有读", "不收的说明；要收的由县总工会先认定表式",
        Wording(
            "这里还有一张表（{names}），没有读", "县里没有认定过它的表式", "不收的请说明；要收的，请县总工会先认定表式"
        ),
    ),
    rule(
        "layout_changed", "sheet", NOTE, "栏目和上次不同", "不是有意改动的，用原来的报表再报",
        Wording(
            "和上次（{quarter}）相比：{differences:，}", "各期的栏目应一样", "如不是有意改动，请用原来的报表再报"
        ),
    ),
    rule(
        "period_conflict", "sheet", RETURN, "标题和报告期不是同一期", "核对后改成一致再报",
        Wording("标题写的是{titled}，报告期写的是{quarter}", _SAME_PERIOD, "请核对后改成一致再报"),
    ),
    rule(
        "no_period", "sheet", RETURN, "没有写报告期", "补上报告期再报",
        {
            "text": Wording("报告期写的是“{text}”", _WRITE_PERIOD, _ADD_PERIOD),
            "none": Wording("没有写报告期", _WRITE_PERIOD, _ADD_PERIOD),
        },
    ),
    rule(
        "period_places", "sheet", CONFIRM, "表里两处写的报告期不同", "核对报的是哪一期；只是名称没有改的，请说明",
        {
            "title": Wording(
                "标题写的是“{title}”，报告期[（{cell}）]写的是{quarter}", _SAME_PERIOD, _WHICH_PERIOD
            ),
            "name": Wording("表名写的是“{name}”，报告期[（{cell}）]写的是{quarter}", _SAME_PERIOD, _WHICH_PERIOD),
            "name_title": Wording("表名写的是“{name}”，标题写的是{titled}", _SAME_PERIOD, _WHICH_PERIOD),
        },
    ),
    rule(
        "file_period", "sheet", CONFIRM, "文件名和表里的报告期不同", "核对报的是哪一期；只是名称没有改的，请说明",
        Wording("文件名写的是{named}，表里写的是{quarter}", "文件名和表里应是同一期", _WHICH_PERIOD),
    ),
    rule(
        "future_period", "sheet", RETURN, "报告期还没有到", "核对报告期",
        Wording("报告期写的是{quarter}", "这一期还没有到", "请核对报告期再报"),
    ),
    rule(
        "unknown_reporter", "sheet", RETURN, "填报单位不在单位名册里",
        "核对名称；新建的单位，由县总工会先在单位名册里添上",
        {
            "named": Wording("填报单位写的是“{unit}”", _KNOWN_REPORTER, _FULL_NAME),
            "none": Wording("没有写填报单位", _KNOWN_REPORTER, _FULL_NAME),
        },
    ),
    rule(
        "closed_reporter", "sheet", RETURN, "填报单位已撤销或合并", "由现在的上级单位填报；报告期写错的请改正",
        Wording(
            "填报单位“{unit}”从{since}起已撤销或合并",
            "本表报告期是{quarter}",
            "它的单位现在归“{heir}”的，请由“{heir}”填报；报告期写错的请改正",
        ),
    ),
    rule(
        "no_unit", "sheet", RETURN, "没有写计量单位", "在表头或栏名后面注明计量单位再报",
        Wording("“{label}”没有写计量单位", "应写明{measures:、}", "请在表头或栏名后面注明计量单位再报"),
    ),
    rule(
        "other_unit", "sheet", RETURN, "计量单位不是这一栏用的", "换算成这一栏用的单位再报",
        {
            "amount": Wording(_OTHER_UNIT, "应是{measures:、}中的一个", "请换算成其中一个单位再报"),
            "count": Wording(_OTHER_UNIT, "应是{measures:、}", "请换算成以“{measure}”为单位的数再报"),
        },
    ),
    rule(
        EMPTY, "sheet", ("return", "note"), "表里没有数据行", "填好再报；本期确实没有的，在第一行写“本期无”",
        {
            "": Wording("表里没有数据行", "空表不算上报", "请填好再报；本期确实没有的，在第一行写“本期无”"),
            "part": Wording("表里没有数据行", "同一张表的其他几页有数", "确实没有的不用改"),
        },
    ),
    rule(
        "blank_form", "sheet", RETURN, "表里只有名称，没有填数", "填好再报；确实没有的填 0",
        Wording("表里只有名称，数目都没有填", "空白的表不算上报", "请填好再报；确实没有的填 0"),
    ),
    rule(
        "hidden_columns", "sheet", NOTE, "有隐藏的列，照样算在内", "取消隐藏，核对后再报",
        Wording("{columns:、}列是隐藏的，照样算在内", _SEEN, "请取消隐藏，核对后再报"),
    ),
    rule(
        "hidden_rows", "sheet", NOTE, "有隐藏或筛选掉的行，照样算在内", "不用上报的删去，要报的取消隐藏",
        Wording(
            "第{rows}行是隐藏或筛选掉的，共{count}行，照样算在内", _SEEN, "不用上报的请删去这些行，要报的请取消隐藏"
        ),
    ),
    rule(
        "merged_rows", "sheet", NOTE, "有整行合并成一格的，照样算在内", "取消这几行的合并，核对后再报",
        Wording(
            "第{rows}行合并成了一格，盖住了后面各栏的内容，共{count}行，照样算在内",
            _SEEN,
            "请取消这几行的合并，核对后再报",
        ),
    ),
    rule(
        "unseen_cells", "sheet", NOTE, "有看不见的内容，照样算在内", "改成看得见的，核对后再报",
        Wording(
            "{places}的内容看不见（数字格式不显示，或者字和底是一个颜色），照样算在内",
            _SEEN,
            "请改成看得见的，核对后再报",
        ),
    ),
    rule(
        "covered_cells", "sheet", ("confirm", "note"), "合并的格下面的内容没有收", "要报的取消合并再填；不报的不用管",
        Wording(
            "{places}被合并的格盖住，里面还有内容，没有收",
            "合并的格只收看得见的那一个",
            "要报的请取消合并再填；不报的不用管",
        ),
    ),
)  # fmt: skip
