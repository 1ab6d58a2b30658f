"""Every rule that edits a damaged page: what it means and a line that shows it. The reference is made from this."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.reading.edits import Certainty


@dataclass(frozen=True, slots=True)
class Rule:
    """``example`` is a damaged line; repairing it applies the rule and gives ``text``."""

    name: str
    meaning: str
    example: str
    text: str
    certainty: Certainty = "exact"


RULES: tuple[Rule, ...] = (
    Rule("pinyin_note", "去掉机器加在繁体字后的拼音：拼音须是该字的读音", "全區(qū)會(huì)議", "全区会议"),
    Rule(
        "bare_note",
        "去掉机器撒在整页字后、没有声调的拼音，重复的也去掉",
        "自治(zhi)區(qu)(qu)人民政(zheng)府(fu)決(jue)定(ding)新(xin)建(jian)學(xue)校6所",
        "自治區人民政府決定新建學校6所",
    ),
    Rule(
        "traditional",
        "机器转成的繁体字逐字转回；“著”按前后字定为“着”或“著”",
        "青嵐區(qū)發(fā)展",
        "青岚区发展",
    ),
    Rule("doubled_comma", "去掉机器加在，。、之前的逗号", "會(huì)議召開(kāi),。", "会议召开。"),
    Rule(
        "damaged_run",
        "错位的字节只有一种读法，逐字还原",
        "民生實(shí)事要辦(bàn)好?!鼻鄭箙^(qū)區(qū)長(zhǎng)說(shuō)。",
        "民生实事要办好。”青岚区区长说。",
    ),
    Rule(
        "damaged_run_guessed",
        "字节缺失，按前后文取最可能的字，并列出其他可能；数字和数词不在此列",
        "新開(kāi)辦學(xué)?!⒂變簣@12所。",
        "新开办学校、幼儿园12所。",
        "guessed",
    ),
    Rule(
        "wrapped_line",
        "整页被折成一样宽的行、句子拦腰断开：接回去",
        "去年，全区上下团结一心，持续狠抓招商引资和项目建设，\n引进招商项目20个，到位资金54.2亿元，争取中央和省级资\n金13.4亿元，新建改建学校12所，改造老旧小区36个，惠\n及群众3.2万人，城镇新增就业6100人，新开通公交线路5\n条，改造提升农贸市场4个，新增停车位1200个，实施清河\n行动，完成河道整治27.5公里，全区面貌焕然一新。",
        "去年，全区上下团结一心，持续狠抓招商引资和项目建设，引进招商项目20个，到位资金54.2亿元，争取中央和省级资金13.4亿元，新建改建学校12所，改造老旧小区36个，惠及群众3.2万人，城镇新增就业6100人，新开通公交线路5条，改造提升农贸市场4个，新增停车位1200个，实施清河行动，完成河道整治27.5公里，全区面貌焕然一新。",
    ),
    Rule(
        "damaged_run_lost",
        "被吞掉的数字、标点或空格无从得知，以 U+FFFD 标出，绝不猜测",
        "青嵐日?qǐng)?日訊(xùn),區(qū)里開(kāi)會(huì)。",
        "青岚日报\ufffd日讯,区里开会。",
        "lost",
    ),
)
