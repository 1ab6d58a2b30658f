"""What a sentence is about, by its words: for choosing what to review, for proposing the topic of a promise and who leads it.

A suggestion and nothing more; the topic of a promise is what a person left standing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Business:
    """A kind of work: the topic it belongs to, words that speak of it, and words in the names of units that do it."""

    topic: str
    words: tuple[str, ...]
    units: tuple[str, ...]


def _business(topic: str, words: str, units: str) -> Business:
    return Business(topic, tuple(words.split()), tuple(units.split()))


BUSINESS = (
    _business("教育", "学校 学位 幼儿园 小学 中学 高中 教师 校园 教育 研学 课后", "教育局 教体局 教育体育"),
    _business("医疗养老", "医院 卫生院 医疗 健康 体检 筛查 疫苗 接种 床位 托育 医共体 专科", "卫生健康 卫健"),
    _business("医疗养老", "养老 老人 老年 社区食堂 助餐 救助 低保 残疾 儿童 适老化", "民政局"),
    _business("就业社保", "就业 创业 社保 技能 培训 工资 劳动 零工 人才 招聘", "人力资源 人社"),
    _business("就业社保", "医保 参保 报销", "医疗保障 医保"),
    _business("交通出行", "公路 公交 客运 桥梁 大桥 通车 高速 航道 港口 物流 快速路 危桥", "交通"),
    _business("交通出行", "停车 泊位 充电桩 路灯 公厕 绿道 口袋公园 市容 垃圾分类 环卫", "城市管理 城管"),
    _business("住房与城建", "小区 棚户区 棚改 管网 排水 雨污 住房 燃气 背街小巷 城中村 电梯 海绵 危房", "住房 住建"),
    _business("住房与城建", "供水 饮水 水厂 自来水", "水利 水务"),
    _business("农业农村", "水库 灌溉 河道 堤防 水利 塘坝 防洪", "水利 水务"),
    _business("农业农村", "农田 粮食 农业 农村 合作社 乡村 种植 养殖 农产品 家庭农场", "农业"),
    _business("生态环境", "空气 水质 断面 污染 排放 生态 环保 治污 扬尘", "生态环境 环境保护"),
    _business("生态环境", "造林 森林 绿化 湿地", "自然资源 林业"),
    _business("产业项目", "工业 数字化 5G 上云 规上 技改 专精特新 小巨人 智能 制造 算力", "工业 工信"),
    _business("产业项目", "投资 重点项目 生产总值 服务业 能耗 营商", "发展和改革 发改"),
    _business("产业项目", "招商 消费 夜市 商贸 外贸 进出口 电商 快递 零售 外资", "商务"),
    _business("产业项目", "园区 入园 标准厂房 开发区 经开区", "开发区 经开区"),
    _business("文化旅游", "文化 旅游 图书馆 景区 博物馆 书房 演出 非遗 游客", "文化 文旅"),
    _business("政务服务", "一网通办 热线 工单 政务 审批 数据 办件 共享 大厅", "大数据 行政审批 政务"),
)  # fmt: skip
TOPICS = tuple(dict.fromkeys(each.topic for each in BUSINESS))


def topic_of(text: str) -> str:
    """The topic that most words of a sentence speak of; empty where none does.

    >>> topic_of("秋季开学前新增公办幼儿园学位1800个"), topic_of("做好有关工作")
    ('教育', '')
    """
    weights = dict.fromkeys(TOPICS, 0)
    for each in BUSINESS:
        weights[each.topic] += _weight(each, text)
    best = max(weights, key=lambda topic: weights[topic])
    return best if weights[best] else ""


def words_of(topic: str) -> tuple[str, ...]:
    """The words that speak of a topic; none for one that is not known."""
    return tuple(word for each in BUSINESS if each.topic == topic for word in each.words)


def whose_business(text: str, unit_names: Iterable[str]) -> str:
    """The name of the one unit whose work a sentence most speaks of; empty where it speaks of none, or several are equal.

    >>> whose_business("新增公办幼儿园学位1800个", ["青岚区教育局", "青岚区民政局", "青岚区人民政府"])
    '青岚区教育局'
    """
    names = list(unit_names)
    weights: dict[str, int] = {}
    for each in BUSINESS:
        weight = _weight(each, text)
        for name in names if weight else ():
            if any(word in name for word in each.units):
                weights[name] = weights.get(name, 0) + weight
    most = max(weights.values(), default=0)
    found = [name for name, weight in weights.items() if weight == most]
    return found[0] if len(found) == 1 else ""


def _weight(business: Business, text: str) -> int:
    return sum(len(word) for word in business.words if word in text)
