"""The register of rules that decide what a line of a page is: name, what it means in Chinese, an example page.

``find_blocks`` applied to an example names the rule for at least one of its lines.
"""

from __future__ import annotations

from typing import NamedTuple

_TEXT = (
    "全年实施重点项目47个，完成投资92.6亿元，占年度计划的118%，新增规上工业企业9家，经济运行稳中向好，群众获得感不"
    "断增强。"
)
_ARTICLE = f"青岚区项目建设提速\n2024-04-12 09:00\n{_TEXT}\n{_TEXT}\n{_TEXT}\n"


class BlockRule(NamedTuple):
    """A rule about lines; ``example`` is a page in which it decides."""

    name: str
    meaning: str
    example: str


def _behind(opener: str) -> str:
    return f"{_ARTICLE}{opener}\n枫渚区新建学校6所"


def _table(head: str, *cells: str) -> str:
    return "\n".join([*head.split(), *cells])


RULES: tuple[BlockRule, ...] = tuple(
    BlockRule(*row)
    for row in (
        # the site's furniture, told by the line itself
        ("breadcrumb", "当前位置的导航", "当前位置：首页 > 要闻 > 正文"),
        ("page_tools", "打印、关闭、字号一类的工具", "【打印】【关闭】 字号：大 中 小"),
        ("related", "相关新闻、推荐阅读一类的栏头", "相关新闻"),
        ("friend_links", "友情链接", "友情链接"),
        ("previous_next", "上一篇、下一篇", "上一篇：关于九月份的通报"),
        ("scan_code", "扫码、关注公众号", "扫一扫用手机看"),
        ("share", "分享、本文地址", "分享到：各大平台"),
        ("menu", "网站菜单", "新闻 | 政务公开 | 互动交流 | 首页"),
        ("footer", "版权、备案、主办单位、联系方式", "版权所有：青岚区人民政府"),
        ("comments", "评论框和验证码", "验证码："),
        ("machinery", "页面程序和输入提示", "请输入关键字"),
        ("tags", "标签、关键词", "关键词：项目 投资"),
        ("picture", "图片文件名和图片说明", "图为茶农在采茶"),
        ("page_number", "页码和带页码的目录行", "第一章 发展基础........3"),
        ("bare_number", "单独的数字", "3,127"),
        ("address", "网址、邮箱", "https://www.example.org/a.html"),
        ("more", "更多、查看详情", "查看更多>>"),
        ("spam", "垃圾广告", "博彩 棋牌 娱乐城 开户"),
        ("foreign", "外文套话", "All content on this page belongs to its owners"),
        ("site_name", "网站名称", "云川新闻网"),
        ("disclaimer", "转载和免责声明", "本站文章均为转载，如有侵权请联系删除"),
        (
            "link_farm",
            "连成一片的网站名",
            "云川旅游网霁川资讯网枫渚在线北汀头条网临槎新闻网沅屿信息网槐埠生活网茶岫旅游网栖砚论坛",
        ),
        (
            "dated_links",
            "带日期的标题列表",
            "枫渚区集中开工 06-18\n北汀县建成农田 06-17\n临槎市新建公园 06-15",
        ),
        ("contents", "目录", f"第一章 基础情况\n第二章 目标任务\n第三章 保障措施\n{_TEXT}\n第一章 基础情况"),
        # tables
        ("table_header", "表头的一格", _table("序号 项目名称 责任单位", "1", "新建公园", "区住建局")),
        ("table_number", "行号", _table("序号 项目名称 责任单位", "1", "新建公园", "区住建局")),
        (
            "table_rest",
            "行中不属于任务的格（备注、类别）",
            _table("序号 项目名称 责任单位 备注", "1", "新建公园", "区住建局", "新开工"),
        ),
        ("table_rule", "空格子", _table("序号 项目名称 责任单位", "1", "|", "新建公园", "区住建局")),
        ("table_cells", "一格一行的表的一行", _table("序号 项目名称 责任单位", "1", "新建公园", "区住建局")),
        ("table_columns", "分列的表的一行", "序号\t项目名称\t责任单位\n1\t新建公园5个\t区住建局"),
        ("table_bars", "没有表头、用竖线或制表符分列的行", "公园 | 5个 | 区住建局\n学校 | 3所 | 区教育局"),
        ("table_glued", "各格粘在一起的行", "序号项目名称责任单位\n1新建公园5个区住建局"),
        ("table_labels", "用标签写出的行", "新建公园5个\n责任单位：区住建局\n完成时限：12月底"),
        # lines about the article
        ("byline_editor", "责任编辑、审核", "责任编辑：季岚"),
        ("byline_label", "单独成行的要素名", "索引号："),
        ("byline_value", "上一行要素名的值", "发文机构：\n区政府办公室"),
        ("byline_labelled", "带名称的时间、来源、作者、浏览量", "发布时间：2024-04-12 来源：青岚融媒"),
        ("byline_box", "没有冒号的要素", "索引号 990102/2023-00112 主题分类 综合政务"),
        ("byline_source", "括号里的来源、记者", "（据《青岚日报》报道）"),
        ("byline_day", "单独成行的日期", "2024年3月1日"),
        ("byline_clock", "带时间的一行", "云川日报 2023-01-18 08:26"),
        ("byline_masthead", "报头", "云川日报 2024年02月28日 星期三 第A03版"),
        ("byline_session", "在某次会议上", "——2024年1月10日在青岚区第十一届人民代表大会第四次会议上"),
        ("byline_who", "记者、通讯员署名", "本报记者 祝小禾"),
        ("byline_holder", "报告人职务和姓名", "青岚区人民政府区长 温以宁"),
        ("byline_number", "发文字号和公开属性", "青府办发〔2023〕6号"),
        ("byline_issuer", "落款单位", "青岚区人民政府办公室"),
        # the article
        ("title", "标题", _ARTICLE),
        ("subtitle", "破折号后的副标题", f"开新篇\n——访青岚区委书记邵望川\n{_TEXT}"),
        ("salutation", "称呼", f"各位代表：\n{_TEXT}"),
        ("heading_chapter", "第一章", f"第一章 总体要求\n{_TEXT}"),
        ("heading_section", "第一节", f"第一节 指导思想\n{_TEXT}"),
        ("heading_one", "一、", f"一、总体要求\n{_TEXT}"),
        ("heading_bracketed_one", "（一）", f"（一）总体要求\n{_TEXT}"),
        ("heading_digit", "1.", f"1.总体要求\n{_TEXT}"),
        ("heading_bracketed_digit", "（1）", f"（1）总体要求\n{_TEXT}"),
        ("heading_dotted", "1.1", f"1.1总体要求\n{_TEXT}"),
        ("heading_bare", "没有编号的小标题", f"{_ARTICLE}聚力产业升级\n{_TEXT}"),
        ("run_in_heading", "小标题后接正文", f"{_TEXT}\n一是抓项目。{_TEXT}"),
        ("numbered_sentence", "“一是”的短句", f"{_TEXT}\n一是抓好项目"),
        ("item_one", "“一、”的条目", f"{_TEXT}\n一、新建公园5个"),
        ("item_bracketed_one", "“（一）”的条目", f"{_TEXT}\n（一）新建公园5个"),
        ("item_digit", "“1.”的条目", f"{_TEXT}\n1.新建公园5个"),
        ("item_bracketed_digit", "“（1）”的条目", f"{_TEXT}\n（1）新建公园5个"),
        ("item_dotted", "“1.1”的条目", f"{_TEXT}\n1.1新建公园5个"),
        ("item_circled", "“①”的条目", f"{_TEXT}\n①新建公园5个"),
        ("item_bullet", "圆点的条目", f"{_TEXT}\n● 新建公园5个"),
        ("running_text", "正文段落", _TEXT),
        ("short_line", "正文中的短行", f"{_TEXT}\n新建公园5个\n{_TEXT}"),
        # questions and answers
        ("labelled_question", "“问：”“记者：”", "问：取得了哪些成效？"),
        ("labelled_answer", "“答：”", f"答：{_TEXT}"),
        ("named_answer", "以姓名或职务开头的回答", "记者：有何打算？\n区长温以宁：将新建公园5个。"),
        ("speaker_alone", "单独成行的讲话人", "季岚：\n有。\n商以宁记者：\n季岚：\n有。"),
        ("speaker_goes_on", "讲话人名下的段落", f"季岚：\n{_TEXT}"),
        ("bare_question", "没有标签的问句", f"{_TEXT}\n去年有哪些亮点？\n{_TEXT}"),
        ("answer_goes_on", "回答的后续段落", f"问：取得了哪些成效？\n答：有三点。\n{_TEXT}"),
        # regions of the page
        ("repeated_start", "被截断又重复的开头", f"{_TEXT[:40]}\n{_TEXT}"),
        ("before_article", "正文之前的零散文字", f"云川\n当前位置：首页\n{_ARTICLE}"),
        ("after_article", "正文之后的零散文字", f"{_ARTICLE}枫渚区动态"),
        ("no_article", "没有正文的页面上的文字", "枫渚区新建学校消息一则\n霁川县项目签约"),
        (
            "teaser_pairs",
            "成对的标题和截断的摘要",
            f"{_ARTICLE}" + f"枫渚区打造产业新高地\n{_TEXT[:55]}\n" * 2,
        ),
        ("after_related", "相关新闻之后", _behind("相关新闻")),
        ("after_friend_links", "友情链接之后", _behind("友情链接")),
        ("after_previous_next", "上一篇、下一篇之后", _behind("上一篇：无")),
        ("after_share", "分享之后", _behind("分享到：各大平台")),
        ("after_scan_code", "扫码之后", _behind("扫一扫用手机看")),
        ("after_comments", "评论框之后", _behind("验证码：")),
        ("after_disclaimer", "声明之后", _behind("本站文章均为转载，如有侵权请联系删除")),
        ("after_footer", "页脚之后", _behind("版权所有：青岚区人民政府")),
        ("after_byline_editor", "责任编辑之后", _behind("责任编辑：季岚")),
        (
            "advert",
            "商户的广告页",
            "某某疏通哪家好\n专业师傅50名，好评率99%，不通不收费\n马桶疏通：80元起\n热线：王师傅（微信同号）",
        ),
        ("novel", "小说页", "“区长来了。”他笑道。\n“投五个亿。”他说道。\n上一章\n加入书签\n章节目录"),
    )
)
