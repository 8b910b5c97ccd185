"""The answers that were given, a file each: a run that was killed goes on, and a second run asks nothing anew."""

from pathlib import Path

import msgspec

from bianma.errors import ReaderError
from bianma.jsonl import dump, write_atomic
from bianma.reader.answers import Answer


class Cache:
    """Answers by the key of their request, in `folder`. Written atomically, so that an answer is there or it is not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __contains__(self, key: str) -> bool:
        return self.path(key).is_file()

    def path(self, key: str) -> Path:
        """Return the file of the answer to the request `key`."""
        return self.folder / f"{key}.json"

    def get(self, key: str) -> Answer | None:
        """Return the answer, None where there is none; ReaderError if the file is no answer."""
        path = self.path(key)
        try:
            return msgspec.json.decode(path.read_bytes(), type=Answer)
        except FileNotFoundError:
            return None
        except (msgspec.DecodeError, UnicodeDecodeError) as e:
            raise ReaderError(
                f"{path}: this is no answer as it was stored ({e}); delete it to have it asked anew"
            ) from e

    def put(self, key: str, answer: Answer) -> None:
        """Store an answer."""
        write_atomic(self.path(key), dump([answer]))
