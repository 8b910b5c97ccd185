import pytest
from tests.corpus.readers.words import paragraph, word

from bianma.corpus.readers.signature import remedy

WORD, PDF = word(paragraph("文")), b"%PDF-1.7"


@pytest.mark.parametrize(
    ("data", "ending", "says"),
    [
        (WORD, ".docx", None),
        (WORD, ".txt", "Word file: rename"),
        (PDF, ".pdf", None),
        (PDF, ".docx", "PDF: rename"),
        (PDF, ".caj", "under the name of a CAJ"),
        (b"HN\0\0\x90", ".pdf", "CAJViewer"),
        (b"PK\x03\x04broken", ".docx", None),  # the reader says that it is damaged
        (b"PK\x03\x04broken", ".txt", "archive"),
        ("人民".encode("gbk") + b"\0" * 2, ".txt", None),  # begins with C8 as some CAJ files do
        (b"HN is a text", ".txt", None),
        (b"", ".txt", None),
    ],
)
def test_what_a_file_is_by_its_bytes(data: bytes, ending: str, says: str | None) -> None:
    found = remedy(data, ending=ending)
    assert (found is None) == (says is None)
    assert says is None or (found is not None and says in found)
