"""What the tests of web pages share: running text of our own, and what is read of a page."""

from bianma.corpus.readers.html import markdown

FIRST = "海上机制是观察安全困境的一扇窗口，也是检验承诺是否可信的一块试金石。二十年来，各方先后建立了热线和定期磋商，但这些安排往往失灵。"
SECOND = "第一种解释强调权力，认为机制不过是强者的工具，强者的利益一变，机制也随之改变。"
THIRD = "第二种解释强调承诺的成本：机制的寿命取决于各方愿意为规则付出多少，这一点在文献中早有讨论。"
NOTE = "王思齐：《承诺与声誉》，某某出版社2015年版，第20页。"


def read(page: str) -> str:
    """Return the page as Markdown, without the break at its end."""
    return markdown(page)[0].text.strip()
