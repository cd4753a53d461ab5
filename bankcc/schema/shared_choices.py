"""Choices that several kinds share; kinds know each other by name only, so the lists stand here.

The order of the call categories is the order of their keys 1 to 9.
"""

from bankcc.i18n import N_
from bankcc.schema.fields import Option

CALL_CATEGORIES: tuple[Option, ...] = (
    Option("opening_hours", N_("Opening hours"), also=("网点复业时间", "恢复营业", "复业", "营业")),
    Option("cash", N_("Cash withdrawal"), also=("取现", "现金", "提款", "withdrawal")),
    Option("transfer", N_("Transfer"), also=("转账汇款", "汇款", "转帐", "支付")),
    Option("payroll", N_("Payroll"), also=("工资代发", "代发", "工资", "养老金", "salary")),
    Option("card_loss", N_("Card loss"), also=("挂失止付", "卡丢失", "丢卡", "loss report")),
    Option("loan", N_("Loan"), also=("还款", "贷款还款", "按揭", "房贷")),
    Option("complaint", N_("Complaint"), also=("投诉建议", "意见")),
    Option("rumour", N_("Rumour"), also=("谣言", "传闻", "rumor")),
    Option("other", N_("Other matter"), also=("其它", "其他咨询", "other")),
)
"""What callers ask about; answer cards are sorted by the same."""

GROUPS: tuple[Option, ...] = (
    Option("leadership", N_("Leadership"), also=("应急服务领导小组", "领导", "领导组")),
    Option("command", N_("Command center"), also=("应急服务指挥中心", "指挥", "指挥部")),
    Option(
        "customer",
        N_("Customer enquiries"),
        also=("客户咨询组", "客户咨询小组", "客服", "客服组", "咨询", "热线组"),
    ),
    Option("urgent", N_("Urgent business"), also=("紧急业务组", "紧急业务小组", "上门服务")),
    Option(
        "publicity",
        N_("Publicity"),
        also=("危机公关组", "危机公关小组", "公关", "公关组", "宣传"),
    ),
    Option(
        "tech",
        N_("Technology"),
        also=("技术通信组", "科技", "科技组", "技术", "通信", "信息科技"),
    ),
    Option(
        "logistics",
        N_("Logistics and security"),
        also=("后勤安保组", "后勤", "安保", "保卫", "后勤组"),
    ),
)
"""The groups of the plan: lanes of the task board, and the groups of posts."""

CHECK_RESULTS: tuple[Option, ...] = (
    Option("ok", N_("In order"), "ok", 1, ("良好", "完好")),
    Option("short", N_("Too few"), "warning", 2, ("缺少", "不足")),
    Option("fault", N_("Faulty"), "critical", 4, ("损坏", "坏")),
    Option("expired", N_("Out of date"), "warning", 3, ("失效",)),
)
"""What a check of a resource finds."""


def group_of(*texts: str) -> str:
    """The group code that texts such as “应急服务工作小组”, “客户咨询坐席” point at, or "".

    Later texts are more particular (the post's title after the group's name), so they win; within a
    text the longest known word wins (通信员 is of the command center, 技术通信专员 is not).
    """
    for text in reversed(texts):
        found = [
            (len(word), option.code)
            for option in GROUPS
            for word in (*_WORDS[option.code], *option.also)
            if word in text
        ]
        if found:
            return max(found)[1]
    return ""


_WORDS: dict[str, tuple[str, ...]] = {
    "leadership": ("领导小组",),
    "command": ("指挥中心", "总指挥", "值班长", "值班员", "记录员", "通信员"),
    "customer": ("客户咨询", "热线", "坐席"),
    "urgent": ("紧急业务", "上门", "预约"),
    "publicity": ("危机公关", "新闻发言人", "媒体"),
    "tech": ("技术通信", "网络", "系统"),
    "logistics": ("后勤", "安保", "保卫", "车辆", "司机"),
}
