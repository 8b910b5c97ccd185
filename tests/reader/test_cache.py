import pytest

from bianma.errors import ReaderError
from bianma.reader.answers import Answer
from bianma.reader.cache import Cache


def test_an_answer_comes_back_as_it_was(tmp_path):
    cache, answer = Cache(tmp_path / "reader"), Answer(content="[]\n安全 𠮷", tokens_in=3)
    assert (cache.get("k"), "k" in cache, (tmp_path / "reader").exists()) == (None, False, False)
    cache.put("k", answer)
    assert (cache.get("k"), "k" in cache) == (answer, True)
    assert [p.name for p in (tmp_path / "reader").iterdir()] == ["k.json"]


@pytest.mark.parametrize("data", [b"", b'{"content": "[', b'{"content": 3}', b"\xff"])
def test_a_file_that_is_no_answer_is_named(tmp_path, data):
    (tmp_path / "k.json").write_bytes(data)
    with pytest.raises(ReaderError, match=r"k\.json: this is no answer.*delete it"):
        Cache(tmp_path).get("k")
