"""Words the stop list looks for: slogans, names and abstract nouns that numerals stand in without counting anything."""

from __future__ import annotations

# nouns nobody can verify a number of (三个方面); counted only where digits are used
ABSTRACT = (
    "方面|领域|环节|抓手|层面|维度|阶段|特点|原则|难点|问题|导向|步骤|要素|层次|角度|底线|路径|主线|路子|战线|生命线|硬仗"
    "|攻坚战|保卫战|战役|关口|感受|认识|体会|看法|矛盾|短板|弱项|瓶颈|关系|大局|革命|战场|共同体|更|大事|要事|难事|字(?!号)"
    "|意见|建议|要求|目标(?!任务)|方向|优势(?!产|农|企|特|项)|突破(?!性)|转变|到位|高地"
)

# abstract only where the noun ends there: 三个重点, but 三个重点项目; 两个特色, but 两个特色小镇
ABSTRACT_AT_END = (
    "重点|特色|核心|关键|主题|融合|创新|引领|强化|提升|升级|文明|循环|同步|动力|支柱|支撑|引擎|一流|全面|统筹|结合|延伸|转型"
    "|定位|主体|角色|标准|希望|动作|体系|机制|示范|先行|振兴|现代化|覆盖|作用|强度|专项|代表|健康|结合点|优势|突破"
)
NOUN_ENDS = (
    r"(?=[^\u4e00-\u9fff0-9]|$|上|中|下|都|的|和|及|与|等|入手|发力|着手|发展|战略|引领|工程|要求|布局)"
)

# what follows 个 in political phrases and not a thing that is counted
SLOGAN = (
    "[“‘「]|[0-9]|[十百千万亿]+(?:元|级)?(?:台阶|大关)|维护|确立|意识|自信|务必|倍增|率先|聚焦|坚持|一(?!百|千|万[^亩])|更加|切实|加快|不(?!同)|毫不|服从|善于|敢于"
    "|必须|牢牢|带头|走在前|最严|必谈|必访|必查|清零|着力|全面(?:战略|建|从|深|依)"
)

# fixed expressions from their numeral on
FIXED = (
    "八项规定|四项基本|六项纪律|三项制度|四套班子|五套班子|四大班子|六大班子|两套班子|三次产业|三次分配|五次三番|三条控制线|四个最严"
    "|四个不摘|十项准则|一件事|一张网|一张图|一张表|一张蓝图|一条龙|一条心|一盘棋|一股劲|两条腿|两手抓|一个声音"
    "|三件套|四件套|一套班子|一家亲|一家人|两个责任|千家万户|三个臭皮匠|两张皮|三天两头|五个手指|四位一体|一个样"
    "|一个劲|两头热|三项岗位|三支一扶|三支队伍一"
)

# a noun after 十件: the yearly slate of livelihood deeds is a label, noun first (实事20件) is a count
DEEDS = "(?:重点|年度|省级|市级|区级|县级)?(?:民生|为民|惠民|利民|便民)?(?:办)?实(?:事|项目)"

# verbs that deliver a thing, so that 一所 behind them counts one
DELIVERS_WIDELY = (
    "建设|规划|设置|培育|创建|落地|购置|购买|安排|明确|确定|选派|选聘|聘请|由|共有|建有|拥有|招引|签约|培养|入选|获评"
    "|获批|举办|改造|打造|实施|有|派|配|建|办|设"
)
DELIVERS = (
    "新建|改建|扩建|建成|兴建|修建|筹建|新增|增设|开通|开办|引进|引入|采购|配备|配齐|派驻|设立|成立|组建|至少|至少有|落户"
    "|投产|铺设|新设|新开|加装|增加|增配|迁建|续建|重建|建起|购入|新办|新开业|开工|竣工|投用"
)

# what sounds like “about N days ago”: a length that frames and is not itself the thing done
FRAMES_BEFORE = "连续|会期|为期|历时|历经|经过|过去|最近|近|今后|未来|奋战|苦战|每隔|每|持续|前|后|第|当"
FRAMES_AFTER = "来|后|前|以前|以后|之后|之前|的?奋战|攻坚|大干|会战|集中|专项|行动|多的|的(?:努力|奋战|紧张|培训|活动|比赛)"

# a rank or a place in a list stands before its number
RANKS_BEFORE = "(?:排名|位列|位居|名列|排在|排位|稳居|居(?=全|第|前|列|首))[^，,。；;0-9]{0,10}"

BOUNDS_OF_BARE = "超|超过|突破|逾|近|将近|接近|达|达到|过|跨越|超出|迈上|约|大约|不足|不到"
# a storey is counted of a building, not of the work on one
STOREYS_OF = r"[^，,。；;、0-9]{0,6}(?:楼|建筑|厂房|综合体|框架|住宅|结构)|高|及以|以上"

BARE_CLASS = "级|的?(?:企业|产业|集群|园区|镇|乡|村|强|俱乐部|项目|大户|工程|平台|品牌)|以上|以下"
