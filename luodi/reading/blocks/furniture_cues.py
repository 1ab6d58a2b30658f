"""Words of which at least one stands in every line that a word rule of ``furniture`` knows.

One pass over a line for these spares it twenty searches; a rule that needs a new word adds it here too.
"""

from __future__ import annotations

import re

_ANYWHERE = """
位置 页面 所在 首页 主页 > » › 新闻 资讯 阅读 文章 报道 信息 链接 推荐 内容 专题 排行
导读 回顾 动态 资料 稿件 热点 头条 要闻 图文 主题 话题 看 网站 解读 附件 文件 文档 视频
图集 标签 搜 栏 喜欢 感兴趣 关注 榜 图说 媒体 导航 网址 友链 合作 入口 上一 下一 前一 后一
上篇 下篇 上条 下条 上页 下页 上章 下章 扫 二维码 识别 手机 微信 微博 公众号 客户端 抖音
分享 转发 一键 本文 版权 © (C) (c) opyright opyRight COPYRIGHT
ights RIGHTS 备 安备 标识码 许可证 支持 主办 承办 主管 协办 运维 单位 机构 站点
联系 关于我们 声明 隐私 免责 电话 热线 邮 信箱 有害 不良 传真 地址 QQ 浏览 您是第 访问
广告 本网 owered roduced heme 站长 ail 今天是 时间 验证码 评论 留言 跟帖
我来说 我要 登录 用户名 昵称 密 匿名 文明上网 自觉 请 查询 加载 cript unction
ocument $( var { } < &nbsp background font 关键 ag TAG
更多 全文 详情 详细 原文 剩余 网 日报 晚报 在线 频道 融媒 论坛 数字报 电子版 电视台 转载 侵
代表 商业 著作权 本站 原创 http www @ 摄 图 供 .
"""
# of these, what the rules for running text look for; prose has next to none of them
_IN_PROSE = """
版权 © (C) (c) opyright opyRight COPYRIGHT ights RIGHTS
备案 ICP 网安 公安备 许可证 标识码 技术支持 主办 承办 主管 协办 网站 站点 联系我们 联系方式
关于我们 声明 隐私 免责 电话 热线 邮编 邮箱 信箱 有害 不良 传真 地址 浏览 总访问 访问统计
您是第 广告 owered roduced heme 站长 转载 侵权 侵犯 代表作者 代表本 不代表
非商业 著作权 本站 本网 无码 久久 亚洲 澳门 成人 博彩 棋牌 彩票 代孕 请输入 请选择 加载
cript unction ocument 摄 供图 图为 资料图
"""
CUE = re.compile("|".join(map(re.escape, _ANYWHERE.split())))
PROSE_CUE = re.compile("|".join(map(re.escape, _IN_PROSE.split())))
