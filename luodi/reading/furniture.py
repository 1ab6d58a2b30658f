"""Lines that belong to the site, told line by line: menus, tools, footers, links, spam.

Each rule sees one line and says yes or no; the first yes names the line. Regions (what stands behind 相关新闻) are the
business of ``tails``. A rule is wrong where an article speaks of websites in a short line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from luodi.reading.lines import Line

_SENTENCE_END = re.compile(r"[。!?！？；;][”\"）)』」]?$")

_PLACE_ON_SITE = re.compile(
    r"(?:当前|现在|目前|所在|您的|你的|本页)(?:的)?(?:位置|页面[:]|所在)|(?:您|你)(?:现在|当前|目前|所在)(?:的|所)?(?:位置|在)|"
    r"^(?:网站)?(?:首页|主页)\s*(?:[>»›→/|\-·]|[:：])|(?:首页|主页)\s*(?:>|»|›|→)|^[^,，。]{2,12}\s*(?:>|»|›)[^,，。]{2,12}(?:>|»|›)|(?:>|»|›)\s*(?:正文|详情|内容)$"
)
_TOOL = re.compile(
    r"(?>打印(?:本页|本文|此页|文章|页面)?|关闭(?:本页|窗口|此页|页面)?|收藏(?:本文|本页)?|加入收藏|设为首页|返回(?:顶部|首页|列表|上页|上一页)?|回到顶部|顶部|"
    r"字体(?:大小)?|字号|文字大小|默认|超大|放大|缩小|正常|特大|[大中小]|A[+\-]|A|T\||分享(?:到|至|按钮)?|转发|复制链接|一键分享|微信(?:好友)?|新浪微博|腾讯微博|微博|"
    r"QQ空间|QQ好友|QQ|朋友圈|空间|人人网|豆瓣|点赞|赞|举报|纠错|我要纠错|评论|无障碍(?:浏览|阅读|模式)?|适老化?(?:版|模式)?|长者(?:助手|模式|版)|关怀版|老年模式|繁体(?:版|中文)?|"
    r"简体(?:版|中文)?|简|繁|English|EN|登录|注册|退出|搜索|检索|高级搜索|智能(?:问答|机器人|客服)|语音播报|播报|朗读|听新闻|播放|暂停|停止|保护视力色|视力保护色?|背景色|"
    r"手机版|手机端|电脑版|客户端|移动版|PC版|APP下载|下载APP|扫码|导出|下载(?:文字版|图片版|WORD版|PDF版|附件)?|文字版|图片版|全文下载|主站|首页|上一页|下一页|上页|下页|尾页|末页|"
    r"第?\d+页|共\d+页|Loading|加载中|全部|展开|收起|更多|详细|详情|MORE|More|more|TOP|Top|top|×|X|关注|订阅|投稿|[|:/><\[\]()【】{}《》·•,，、。\-—_+=~*#…↑↓←→▲▼^'\"\s]|\d{1,6})+",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"版权所有|版权声明|版权归|©|\(C\)|copyright|all rights|ICP[备证]|[公网]安备|网安备|备案[号编序]|标识码|经营许可|许可证[号编]?[:]|技术支持|"
    r"^(?:主办|承办|主管|协办|运维|建设|指导)(?:单位|机构)?:|^(?:主管|主办)/|网站(?:地图|声明|管理|维护|导航|纠错|简介|首页|统计|总访问)|站点地图|^(?:联系|关于)我们|联系方式|法律声明|隐私(?:政策|保护|声明|条款)|免责(?:声明|条款)|"
    r"(?:举报|投诉|监督|服务|联系|咨询|客服|新闻|热线)(?:电话|热线|邮箱|信箱)[:]|投稿(?:邮箱|信箱|热线)|(?:不良|有害)信息|^(?:邮编|邮政编码|传真|电话|联系人|邮箱|电子邮箱|E-?mail|Email|地址|联系地址|网址|QQ群?)\s*[:]|"
    r"建议使用.{0,20}(?:浏览器|分辨率)|浏览器|^您是第|总访问量|访问统计|今日访问|广告(?:服务|合作|刊登|投放|热线)|^本网站|^主办$|Powered by|Produced By|Theme by|^站长",
    re.IGNORECASE,
)
_CODE_TO_SCAN = re.compile(
    r"扫一扫|扫描(?:下方|上方|左侧|右侧)?(?:二维码)|二维码|长按(?:识别|扫码|图片)|扫码(?:关注|阅读|下载|查看|进入|浏览)|在?手机(?:上|端)?(?:打开|查看|浏览|阅读)"
)
_FOLLOW = re.compile(
    r"^(?:欢迎|点击|敬请|快来|请)?关注.{0,16}(?:微信|微博|公众号|客户端|视频号|抖音|我们|头条号?)|(?:官方|政务|新闻网?|发布|在线)(?:微信|微博|公众号|抖音|客户端|头条号?)$|^.{2,10}(?:微信|微博|公众号|客户端|抖音号?|头条)$"
)
_COMMENT = re.compile(
    r"验证码|^(?:发表|网友|最新|全部|热门|精彩|查看|我要|文明|暂无)(?:所有)?(?:评论|留言|跟帖)|条评论|(?:评论|留言|跟帖)(?:区|框|列表|板|\(\d*\)|\d+条|数)$|^我(?:来说两句|要评论)|^(?:登录名|用户名|昵称|密\s*码|匿名)[:]?|"
    r"登录后|文明上网|请自觉遵守|请您?留言|^.{0,30}\s留言$|^留言与"
)
_ASK_INPUT = re.compile(
    r"请输入|请选择|关键[词字]查询|搜索关键|正在加载|未加载完|javascript|function\s*\(|document\.|\$\(|var\s+\w+\s*=|^\s*[{}<>;()]+$|<[a-z/!][^>]*>|&nbsp;|background|font-size",
    re.IGNORECASE,
)
RELATED = re.compile(
    r"^[\[【《「●■◆▶>|\s]*(?:相关|相似|相近|推荐|热门|热点|最新|精彩|精选|延伸|拓展|扩展|关联|同类|本类|本栏|栏目|今日|往期|近期|一周|本周|本月|24小时|更多|其他|其它|编辑|视频|图片|要闻|国内|国际|社会|为您|为你|您可能|你可能|大家都在|随机|上级)"
    r"(?:相关|热门|最新|精彩|感兴趣的?|还?喜欢的?)*(?:新闻|资讯|阅读|文章|报道|信息|链接|推荐|内容|专题|排行榜?|导读|回顾|动态|资料|稿件|热点|头条|要闻|图文|主题|话题|看点|网站|解读|附件|文件|文档|视频|图集|标签|看|搜|栏目|喜欢)"
    r"(?:推荐|列表|排行榜?|点击|导读|更多|荐读)?[\]】》」:>\s·+]*(?:更多|more|MORE|\+|>)*[>\s\]]*$|"
    r"^[【\[]?(?:延伸|拓展|扩展|相关|推荐|关联)(?:阅读|链接|报道|新闻|文章|资讯)[】\]]?\s*[:|>]|^(?:猜你|猜您|你可能|您可能|大家)(?:还|也|都)?(?:在)?(?:感兴趣|喜欢|关注|看|想看)|"
    r"^(?:点击|阅读|热点|新闻|文章|人气|浏览|下载|本站|全站)(?:排行榜?|量排行|榜|TOP\d*)$|^(?:排行榜|热榜|热搜|热点关注|图片新闻|图文推荐|图说|专题专栏|专题推荐|媒体聚焦|新闻中心|滚动新闻|新闻排行)[>\s]*$"
)
PREVIOUS_NEXT = re.compile(
    r"^[<\[【«\s·•]*(?:上一?|下一?|前一?|后一?)(?:篇|条|则|章|页|个)(?:文章|新闻|资讯|信息|内容)?\s*(?:[:>\])】»|]|$)|^.{0,3}(?:[上下]一[篇版])"
)
FRIEND_LINKS = re.compile(
    r"^[【\[\s·●-]*(?:友情|相关|合作|常用|快速|网站|站点|便民|外部|推荐|地方|省内|市内|部门|政府|县区|区县|各?[省市区县]+[级直]?|乡镇|其他|国务院|媒体)?(?:友情)?"
    r"(?:链接|网站链接|网站导航|导航|网址|网站群|友链|合作伙伴|合作媒体|快捷入口)[】\]\s:·]*(?:>|更多)*$|^友情链接|^-*请?选择.{0,6}网站"
)
_SHARE = re.compile(
    r"^(?:[\[【]?)(?:分享|转发|分享本文|一键)(?:到|至|给|按钮|本文)?\s*[:】\]]|^分享(?:到|至).{0,30}$|^本文(?:地址|链接|网址|来源于|由|标签|版权|关键词|作者)"
)
_DISCLAIMER = re.compile(
    r"本(?:网|站|报|平台|公众号)(?:[^讯记]|$)|转载|侵权|侵犯|版权|删除|免责|不代表|仅代表|非商业|学习(?:和)?交流|注明(?:来源|出处)|稿件|来源于网络|法律责任|著作权|网友(?:上传|发布|投稿)|原创|核实|联系(?:我们|本网|站长|删除)"
)
_CORE = re.compile(r"转载|侵权|侵犯|版权|免责|代表|非商业|著作权|本站|本网")
_MENU_WORD = re.compile(
    r"^(?:首页|主页|新闻|要闻|时政|政务|党建|专题|视频|图片|图库|社会|民生|财经|经济|教育|健康|体育|娱乐|旅游|文化|科技|房产|汽车|美食|生活|评论|理论|法治|法制|国际|国内|国内外|公告|公示|通知公告|"
    r"政府信息公开|信息公开|政务公开|政务服务|网上办事|办事服务|便民服务|互动交流|政民互动|公众参与|走进.{1,4}|.{1,4}概况|.{2,3}旅游|领导之窗|领导信箱|数据开放|数据发布|政府数据|新闻中心|新闻资讯|政策文件|政策法规|政策解读|"
    r"机构职能|机构设置|人事信息|财政信息|规划计划|统计信息|应急管理|建议提案|在线访谈|网上调查|意见征集|热点回应|部门动态|乡镇动态|图片新闻|今日要闻|时政要闻|政务要闻|区内动态|部门街道|营商环境|投资.{1,4}|招商引资|专题专栏|"
    r"媒体聚焦|融媒体|电子报|数字报|手机报|论坛|博客|直播|客户端|无障碍|关于我们|联系我们|网站地图|登录|注册|搜索|更多|English|简体|繁体|(?:政府信息)?公开(?:指南|制度|年报|目录|平台)|公开指南|公开制度|公开年报|法定主动公开内容|依申请公开|政府公报|政府文件|公开目录|列表|正文|县区|天气|天气预报|招聘|人才|三农|乡镇|区县|县域|环保|创投|创业|军事|历史|读书|摄影|书画|收藏|女性|亲子|食品|医疗|彩票|游戏|动漫)$"
)
_SITE_NAME = re.compile(
    r"^(?:欢迎(?:光临|访问|您?来到)?)?[\u4e00-\u9fff·]{2,16}(?:新闻网|资讯网|门户网站?|政府网站?|日报社?|晚报|信息网|头条网|在线|频道|融媒体?中心|客户端|网|论坛|网站|数字报|电子版|新媒体|电视台|广播电视台|官网)(?:站)?(?:欢迎您|主办|[-_|·].*)?$"
)
_TAGS = re.compile(r"^(?:关键[词字]|标签|Tags?|TAG|话题|所属?栏目|专题)\s*[:|]")
_PICTURE = re.compile(
    r"^.{0,60}\.(?:jpe?g|png|gif|bmp|webp|mp4|pdf|docx?|xlsx?|zip|rar|wps)$|^(?:image|图片|img|logo|banner|视频|IMG_?)\s*\d*$|^\[?(?:图片|视频|图)\]?$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^[（(]?(?:图为|图片说明|上图|下图|左图|右图|图\d*[:：]|资料图)|(?:\s|　|[。,])(?:记者|通讯员|本报记者|见习记者)?\s*[\u4e00-\u9fff]{2,4}(?:\s*[\u4e00-\u9fff]{2,4})?\s*[/／]?\s*(?:摄影?|供图|图|文/图)(?:[)）])?$|^[（(]?(?:资料图|供图|图片来源|图源|摄影|制图)\s*[:：].{0,30}$"
)
_CONTENTS = re.compile(
    r"^目\s*录$|[.…·．]{4,}\s*[\d\-—]{1,5}$|^[-—－·\s]*第?\s*\d{1,4}\s*页?[-—－·\s]*$|^第\d+页\s*/?\s*共\d+页$"
)
_NUMBER = re.compile(r"^[\d\s.,:/%+\-()\[\]]{1,16}$")
_ADDRESS = re.compile(
    r"^(?:https?://|www\.)\S+$|^[\w.+-]+@[\w.-]+$|^(?:本文)?(?:地址|链接|网址)\s*:|^https?://"
)
_MORE = re.compile(
    r"^(?:查看|阅读|点击|展开|浏览)?(?:更多|全文|详情|详细|原文|余下全文|剩余)(?:内容|信息)?\s*[>》»\])+.…]*$|(?:\[|【)(?:详细|详情|查看全文|全文|阅读全文|更多)(?:\]|】)$"
)
_SPAM = re.compile(
    r"无码|av女|在线观看|午夜|激情|成人|黄色|一区二区|三区|国产精品|久久|亚洲(?:欧美|精品|日韩|国产|AV)|欧美日韩|视频在线|麻豆|色情|裸|澳门|博彩|棋牌|彩票|赌|老虎机|百家乐|威尼斯人|真人娱乐|体育投注|代孕|发票|办证|白癜风|癫痫|牛皮癣|seo|站群|外链|股票配资|时时彩|娱乐城|在线播放|高清视频|手机app下载",
    re.IGNORECASE,
)
_DATED_LINK = re.compile(
    r"^[·•●■>\-\s\[(]*(?:.{6,70}?)\s*[\[(]?(?:20\d\d[-/.])?\d{1,2}[-/.]\d{1,2}(?:\s*\d\d:\d\d(?::\d\d)?)?[\])]?$"
)
_LATIN = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SITE_TAIL = re.compile(r"网|频道|在线|论坛")
_BOUNDARY = re.compile(r"[,，。;；:：!！?？、“”]")


def is_breadcrumb(line: Line) -> bool:
    return (
        len(line.text) <= 160
        and bool(_PLACE_ON_SITE.search(line.plain))
        and not _SENTENCE_END.search(line.text)
    )


def is_page_tools(line: Line) -> bool:
    return (
        len(line.text) <= 160 and bool(_TOOL.fullmatch(line.squeezed)) and bool(_LETTER.search(line.squeezed))
    )


def is_footer(line: Line) -> bool:
    if len(line.text) > 400 or (len(line.text) > 80 and line.text.count("。") > 1 and "©" not in line.text):
        return False
    return bool(_FOOTER.search(line.squeezed))


def is_code_to_scan(line: Line) -> bool:
    return len(line.text) <= 60 and bool(_CODE_TO_SCAN.search(line.squeezed) or _FOLLOW.search(line.squeezed))


def is_comment_form(line: Line) -> bool:
    return len(line.text) <= 60 and bool(_COMMENT.search(line.plain))


def is_machinery(line: Line) -> bool:
    return (
        len(line.text) <= 400 and bool(_ASK_INPUT.search(line.plain)) and len(_HAN.findall(line.plain)) < 60
    )


def is_related(line: Line) -> bool:
    return len(line.text) <= 60 and bool(RELATED.search(line.plain))


def is_previous_or_next(line: Line) -> bool:
    return len(line.text) <= 160 and bool(PREVIOUS_NEXT.search(line.plain))


def is_friend_links(line: Line) -> bool:
    return len(line.text) <= 80 and bool(FRIEND_LINKS.search(line.squeezed))


def is_share(line: Line) -> bool:
    return len(line.text) <= 120 and bool(_SHARE.search(line.plain)) and "。" not in line.text[:-1]


def is_disclaimer(line: Line) -> bool:
    found = set(_DISCLAIMER.findall(line.plain))
    return any(_CORE.search(sign) for sign in found) and (
        len(found) >= 3
        or (len(found) == 2 and len(line.text) <= 120)
        or bool(re.match(r"(?:特别|郑重|版权|免责)?声明\s*:", line.plain))
    )


def is_menu(line: Line) -> bool:
    words = [word for word in re.split(r"[\s|>/·\-]+", line.plain) if word]
    if len(words) == 1:
        return bool(_MENU_WORD.match(words[0]))
    if len(line.text) > 300 or _BOUNDARY.search(line.text):
        return False
    if (
        line.plain.count("|") >= 2
        and all(len(word) <= 10 for word in words)
        and not re.search(r"\d", line.plain)
    ):
        return True
    known = sum(1 for word in words if _MENU_WORD.match(word))
    if known * 2 >= len(words):
        return True
    short = sum(1 for word in words if len(word) <= 6 and not re.search(r"\d", word))
    return len(words) >= 6 and short == len(words)


def is_site_name(line: Line) -> bool:
    return len(line.text) <= 40 and bool(_SITE_NAME.match(line.squeezed))


def is_tags(line: Line) -> bool:
    return len(line.text) <= 160 and bool(_TAGS.match(line.plain))


def is_picture(line: Line) -> bool:
    if len(line.text) > 120:
        return False
    return bool(_PICTURE.match(line.plain)) or bool(_CAPTION.search(line.text))


def is_page_number(line: Line) -> bool:
    return len(line.text) <= 80 and bool(_CONTENTS.search(line.plain))


def is_bare_number(line: Line) -> bool:
    return (
        len(line.text) <= 16
        and bool(_NUMBER.match(line.plain))
        and not re.search(r"\d{4}[-/.]\d", line.plain)
    )


def is_address(line: Line) -> bool:
    return len(line.text) <= 200 and bool(_ADDRESS.match(line.plain))


def is_more(line: Line) -> bool:
    return len(line.text) <= 160 and bool(_MORE.search(line.plain))


def is_spam(line: Line) -> bool:
    return len(set(_SPAM.findall(line.plain))) >= 3 or (
        len(line.text) <= 60 and len(set(_SPAM.findall(line.plain))) >= 2
    )


def is_foreign(line: Line) -> bool:
    """Boilerplate in another script; an article in Chinese has none longer than a name."""
    latin = len(_LATIN.findall(line.plain))
    return latin >= 12 and latin > 3 * len(_HAN.findall(line.plain))


def is_link_farm(line: Line) -> bool:
    """Site names strung together without a sign between them."""
    if len(line.text) < 40:
        return False
    marks = len(_BOUNDARY.findall(line.plain))
    return marks * 60 < len(line.plain) and (
        len(_SITE_TAIL.findall(line.plain)) >= 4
        or (len(line.plain) >= 120 and marks == 0 and not re.search(r"\d", line.plain))
    )


RULES: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("breadcrumb", is_breadcrumb),
    ("page_tools", is_page_tools),
    ("related", is_related),
    ("friend_links", is_friend_links),
    ("previous_next", is_previous_or_next),
    ("scan_code", is_code_to_scan),
    ("share", is_share),
    ("menu", is_menu),
    ("footer", is_footer),
    ("comments", is_comment_form),
    ("machinery", is_machinery),
    ("tags", is_tags),
    ("picture", is_picture),
    ("page_number", is_page_number),
    ("bare_number", is_bare_number),
    ("address", is_address),
    ("more", is_more),
    ("spam", is_spam),
    ("foreign", is_foreign),
    ("site_name", is_site_name),
)
# the only rules that look at running text
LONG_RULES: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("footer", is_footer),
    ("disclaimer", is_disclaimer),
    ("spam", is_spam),
    ("foreign", is_foreign),
    ("link_farm", is_link_farm),
    ("machinery", is_machinery),
)
_SHORT = 160
_PROSE = 60
# running text in which no long rule can hold: it has commas and none of their words
_MARKED = re.compile(r"[,，、；;].*[,，、；;。]")
_DOUBT = re.compile(
    r"版权|备案|[Cc]opy|COPY|[Aa]ll |ALL |©|\([Cc]\)|ICP|网安|许可证|标识码|技术支持|^主|网站|站点|我们|联系|法律声明|隐私|免责|电话|热线|邮箱|邮编|传真|地址|浏览|访问|广告|[Bb]y |站长|有害|不良|声明|"
    r"转载|侵权|侵犯|代表.{0,4}观点|非商业|著作|本站|无码|博彩|棋牌|久久|亚洲|澳门|成人|[A-Za-z]{9}|请输入|javascript|function|网.{0,12}网.{0,12}网|摄|图|供|>|»|微信|扫|关注|评论|分享|[上下]一[篇条]|摄影"
)
_DATED_RUN = 3


def mark(lines: list[Line]) -> None:
    """Name the undecided lines that are furniture by themselves."""
    for line in lines:
        if line.kind is None:
            rule = furniture_rule(line)
            if rule:
                line.decide("furniture", rule)
    _mark_dated_links(lines)


def furniture_rule(line: Line) -> str | None:
    """The name of the first rule that knows ``line`` as furniture."""
    if len(line.text) > _PROSE and _MARKED.search(line.plain) and not _DOUBT.search(line.plain):
        return None
    short = len(line.text) <= _SHORT
    if short and len(line.text) > 24 and _SENTENCE_END.search(line.text):
        rules: Iterable[tuple[str, Callable[[Line], bool]]] = (*LONG_RULES, ("picture", is_picture))
    else:
        rules = (*RULES, ("disclaimer", is_disclaimer), ("link_farm", is_link_farm)) if short else LONG_RULES
    for name, holds in rules:
        if holds(line):
            return name
    return None


def _mark_dated_links(lines: list[Line]) -> None:
    """Three or more headlines in a row, each with its date, are a list of links."""
    run: list[Line] = []
    for line in [*lines, None]:
        if (
            line is not None
            and len(line.text) <= 90
            and _DATED_LINK.match(line.plain)
            and not re.search(r"[:。]", line.plain[:-9])
        ):
            run.append(line)
            continue
        if len(run) >= _DATED_RUN:
            for link in run:
                if link.kind is None:
                    link.decide("furniture", "dated_links")
        run = []
