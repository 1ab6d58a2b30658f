"""Common Chinese family names, to tell a person's name from the words around it.

The hundred and fifty or so commonest cover nearly everybody; a rare one is missed and its bearer goes unnamed.
"""

from __future__ import annotations

import re

_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗"
    "谷曲盛冉翁骆路游辛欧靳管柴蒙鲍华喻祁蒲房滕屈饶牟艾阳穆司窦路应宗仇芦桑苟丛娄边卜卓楚惠岑蔺晏巩桂全商褚简鹿解荣"
    "连匡宿权贝勾向冷司桂明闻冀车相查都刁甄宫佟钮满揭敖敬谌佘步祖原占郎邝衣晋池景党强时屠麻隋储花胥巴敬麦缪海官"
)
_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|南宫"
_LATER = r"[\u4e00-\u9fff]"
# what follows a name and would be taken for its last character
_VERB = (
    "说|表示|介绍|指出|强调|在|向|就|接受|主持|作|代表|一行|带队|率|来到|认为|告诉|谈|要求|坦言|率领|深入|出席|"
    "参加|调研|透露|对|将|充分|宣布|同志|讲话|致辞|围绕|结合|是|为|与|和|等|从|陪同|首先|还|又|也"
)
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


_NO_NAMES = """
万亩 万人 万元 任务 党委 党建 全力 全区 全县 全市 全面 关于 关键 农村 包括 包联 华侨 华夏
单位 原则 向前 和谐 商业 商务 商贸 夏季 季度 宁静 安全 安排 官方 左右 常委 常态 平安 应急
康养 强化 强调 成为 成功 成效 成果 成立 房地产 文件 文化 文旅 文明 文艺 方式 方案 方面 时期
时间 明确 易地 景区 权力 权益 段落 毛坯 江南 江河 汤池 海洋 海绵 温暖 满意 白天 相关 相结合
石材 石油 秋季 章程 管理 花园 解决 谷物 路径 车辆 连续 金山 金融 项目 马路 高品质 高新区
高标准 高水平 高质量 黄河 黄金 龙头 龙江
"""
_WORDS = frozenset(_NO_NAMES.split())
