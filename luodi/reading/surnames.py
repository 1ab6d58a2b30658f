"""Common Chinese family names, to tell a person's name from the words around it.

The hundred and fifty or so commonest cover nearly everybody; a rare one is missed and its bearer goes unnamed.
"""

from __future__ import annotations

import re

_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁骆路游辛欧靳管柴蒙鲍华喻祁蒲房滕屈饶牟艾阳穆司窦路应宗仇芦桑苟丛娄边卜卓楚惠岑蔺晏巩桂全商褚简鹿解荣连匡宿权贝勾向冷司桂明闻冀车相查都刁甄宫佟钮满揭敖敬谌佘步祖原占郎邝衣晋池景党强时屠麻隋储花胥巴敬麦缪海官"
)
_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|南宫"
_LATER = r"[\u4e00-\u9fff]"
# what follows a name and would be taken for its last character
_VERB = "说|表示|介绍|指出|强调|在|向|就|接受|主持|作|代表|一行|带队|率|来到|认为|告诉|谈|要求|坦言|率领|深入|出席|参加|调研|透露|对|将|充分|宣布|同志|讲话|致辞|围绕|结合|是|为|与|和|等|从|陪同|首先|还|又|也"
NAME = rf"(?:(?:{_DOUBLE}){_LATER}{{1,2}}|[{_SINGLE}](?:{_LATER}\s?{_LATER}|\s?{_LATER}))"
_NAME_ALONE = re.compile(rf"{NAME}")
_NOT_NAME = re.compile(rf"(?:{_VERB})$|[的了要将在对为与和就说我们区县市局委]")


def is_person(name: str) -> bool:
    """Whether ``name`` can be a person's: a known family name and one or two characters more.

    >>> is_person("林知远"), is_person("高质量")
    (True, False)
    """
    squeezed = re.sub(r"\s", "", name)
    return (
        bool(_NAME_ALONE.fullmatch(squeezed))
        and not _NOT_NAME.search(squeezed[1:])
        and squeezed not in _WORDS
    )


_WORDS = frozenset(
    "高质量 高水平 高标准 高品质 高新区 方面 方案 全面 全区 全县 全市 全力 成为 成效 成果 成立 成功 路径 文化 文明 安全 安排 常态 常委 向前 任务 关于 关键 明确 时间 时期 原则 应急 单位 管理 连续 景区 党建 党委 强化 强调 解决 商务 和谐 金融 房地产 温暖 康养 宁静 平安 花园 海绵 海洋 官方 石油 谷物 农村 相关 相结合 "
    "方式 项目 易地 包括 包联 左右 万元 万人 万亩 段落 江河 江南 汤池 车辆 满意 权力 权益 商贸 商业 华侨 华夏 章程 文旅 文件 文艺 夏季 秋季 季度 毛坯 马路 龙头 龙江 石材 白天 黄金 黄河 金山".split()
)
