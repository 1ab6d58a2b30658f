"""Events in words: one short sentence a kind, the same as on buttons and in notifications."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from luodi.portal.area_words import EVENTS

WORDS: dict[str, str] = {
    "source.kept": gettext_noop("存下一份公开文件"),
    "source.seen_again": gettext_noop("又见到同一份文件"),
    "source.withdrawn": gettext_noop("原网页打不开了"),
    "source.reread": gettext_noop("用新的读法又读了一遍"),
    "source.heard_second": gettext_noop("请第二个读者也读了一遍"),
    "statement.judged": gettext_noop("复核了一处说法"),
    "statement.corrected": gettext_noop("更正了机器的读法，原来的读法留着"),
    "statement.correction_undone": gettext_noop("撤回更正的读法"),
    "statement.told_apart": gettext_noop("判断一处说法和一件承诺不是一件"),
    "statement.telling_apart_undone": gettext_noop("撤回“不是一件”的判断"),
    "commitment.adopted": gettext_noop("采纳为承诺"),
    "commitment.entered": gettext_noop("从任务分解表录入"),
    "commitment.adoption_undone": gettext_noop("撤回采纳"),
    "commitment.corrected": gettext_noop("更正登记"),
    "commitment.merged": gettext_noop("并入另一件"),
    "commitment.unmerged": gettext_noop("撤回并入"),
    "commitment.dropped": gettext_noop("不再办"),
    "commitment.restored": gettext_noop("恢复办理"),
    "commitment.carried_over": gettext_noop("结转到下一年"),
    "commitment.target_changed": gettext_noop("目标变了"),
    "commitment.progress_reported": gettext_noop("上报进展"),
    "commitment.done_reported": gettext_noop("报完成"),
    "commitment.verified": gettext_noop("核实"),
    "commitment.sent_back": gettext_noop("核实后退回"),
    "commitment.reopened": gettext_noop("有反面凭据，重新打开"),
    "commitment.statement_linked": gettext_noop("把一处说法和这件承诺连上"),
    "commitment.statement_unlinked": gettext_noop("把一处说法和这件承诺分开"),
    "commitment.silence_noted": gettext_noop("后来的计划不再提"),
    "link.made": gettext_noop("和另一项登记连上"),
    "link.ended": gettext_noop("和另一项登记的关系终止"),
    "evidence.original_opened": gettext_noop("取了凭据的原件"),
    "objection.made": gettext_noop("有人指出这里有错"),
    "objection.answered": gettext_noop("答复了指出的错"),
    "case.opened": gettext_noop("立了一件事项"),
    "case.moved": gettext_noop("事项办了一步"),
    "case.signed": gettext_noop("事项有人签了字"),
    "case.reassigned": gettext_noop("事项移交"),
    "cases.turned": gettext_noop("事项的灯变了"),
    "token.made": gettext_noop("做了一把密钥"),
    "token.used": gettext_noop("密钥当天头一次使用"),
    "token.revoked": gettext_noop("作废一把密钥"),
    "channel.set": gettext_noop("设了一种通知方式"),
    "channel.removed": gettext_noop("取消一种通知方式"),
    "board.turned": gettext_noop("看板翻到新的一天"),
    "board.rebuilt": gettext_noop("看板重新算了一遍"),
}
# what is news to a reader of the board, with the symbol it goes with and its tone
NEWS: dict[str, tuple[str, str]] = {
    "commitment.verified": ("kept", "good"),
    "commitment.sent_back": ("late", "bad"),
    "commitment.done_reported": ("claimed", "good"),
    "commitment.target_changed": ("changed", ""),
    "commitment.dropped": ("off", ""),
    "commitment.carried_over": ("next", ""),
    "commitment.reopened": ("late", "bad"),
    "commitment.silence_noted": ("gone", ""),
    "commitment.progress_reported": ("event", ""),
    "commitment.adopted": ("said", ""),
    "commitment.entered": ("said", ""),
}


def words_of(kind: str) -> str:
    """The sentence of a kind of event; the kind itself where there is none."""
    known = WORDS.get(kind) or EVENTS.get(kind)
    return gettext(known) if known else kind
