from pathlib import Path

import pytest

FRONT = """\
name: mini
version: 1.0.0
title: {zh: 小码本, en: A small codebook}
families: [role.yaml, regime.yaml]
functions: functions.yaml
attributes:
  polarity:
    label: {zh: 极性, en: polarity}
    help: {zh: 肯定还是否定, en: asserted or denied}
    values: {asserted: {zh: 肯定, en: asserted}, denied: {zh: 否定, en: denied}}
  actor:
    label: {zh: 行为体, en: actor}
    help: {zh: 谁, en: who}
relations:
  supports: {zh: 支持, en: supports}
"""

CODE = """\
  - id: {id}
    label: {{zh: {zh}, en: {id}}}
    definition: {{zh: 一个定义。, en: A definition.}}
    theorist: Kalevi J. Holsti
    source: {{author: "Holsti, K. J.", year: 1970, title: A study, doi: 10.2307/3013584}}
    include:
      - {{zh: 名称, en: the name}}
    exclude:
      - {{zh: 其他, en: anything else}}
"""

ROLE = (
    """\
id: role
label: {zh: 角色, en: roles}
definition: {zh: 角色理论, en: role theory}
colour: "#0072b2"
codes:
"""
    + CODE.format(id="balancer", zh="平衡者")
    + """\
    examples:
      positive:
        - 该国在两强之间扮演[[平衡者]]。
        - 小國自稱[[平衡者]]，也充當[[砝碼]]。
        - {text: "它宁愿[[在两边之间来回找平]]。", beyond_cues: true}
      negative:
        - 秤的平衡由砝码决定。
        - 这家公司只卖平衡者牌体重秤。
    cues:
      - 平衡者
      - 充当[[砝码]]
    everyday:
      - 平衡者牌
    hotkey: b
"""
    + CODE.format(id="follower", zh="追随者")
    + """\
    examples:
      positive:
        - 它甘当[[追随者]]。
        - 昔日的[[追随者]]另有打算。
        - 盟友不願再做[[追隨者]]。
      negative:
        - 他追随导师多年。
        - 平衡者不是他。
    cues: [追随者]
"""
)

REGIME = (
    """\
id: regime
label: {zh: 机制, en: regimes}
definition: {zh: 机制理论, en: regime theory}
colour: "#D55E00"
codes:
"""
    + CODE.format(id="regime", zh="机制")
    + """\
    examples:
      positive:
        - 各方建立了[[安全机制]]。
        - 區域[[安全機制]]尚未成形。
        - 没有[[安全机制]]便没有互信。
      negative:
        - 手表的机制很复杂。
        - 他们每年会面一次。
    cues: [安全机制]
"""
)

FUNCTIONS = (
    "default: claim\ncodes:\n"
    + CODE.format(id="claim", zh="论断")
    + """\
    examples:
      positive: [该国的政策摇摆不定。, 局势由此可见一斑。, 這一政策並不高明。]
      negative: [这导致了冲突。, 猜疑从而加深。]
    cues: [可见]
"""
    + CODE.format(id="mechanism", zh="机制解释")
    + """\
    examples:
      positive: [猜疑导致军备竞赛。, 疑慮從而加深。, 压力导致分裂，从而削弱同盟。]
      negative: [该国的政策摇摆不定。, 局势由此可见一斑。]
    cues: [{term: 导致, weight: 2}, 从而]
"""
)


@pytest.fixture
def make(tmp_path):
    """Write the small codebook with `(file, old, new)` replaced in it; an old text of None is the whole file."""

    def write(*edits: tuple[str, str | None, str]) -> Path:
        folder = tmp_path / "码本"
        folder.mkdir(exist_ok=True)
        texts = {"codebook.yaml": FRONT, "role.yaml": ROLE, "regime.yaml": REGIME, "functions.yaml": FUNCTIONS}
        for name, old, new in edits:
            assert old is None or old in texts[name], f"{old!r} does not stand in {name}"
            texts[name] = new if old is None else texts[name].replace(old, new, 1)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write
