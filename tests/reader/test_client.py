"""The client against a stand-in that answers well, badly, slowly, not yet, and not at all."""

import socket

import pytest
from tests.reader.standin import HOLD, FakeClock, Raw, completion, stand_in

from bianma.errors import ReaderError
from bianma.reader.client import Endpoint, RefusedError, completions, retry_after
from bianma.reader.pace import Clock, Pace, SpentError
from bianma.reader.prompt import Request

ASKED = Request("模型", "说明", "安全困境")
QUICK = 0.2  # seconds until a server that never answers is given up


def endpoint_of(url, clock=None, *, key=None, timeout=30, at_most=100):
    clock = clock or FakeClock()
    ours = Clock(clock.now, clock.sleep)
    return Endpoint(url, key=key, timeout=timeout, pace=Pace(ours, per_minute=60_000, at_most=at_most), clock=ours)


def asked(reply, **options):
    with stand_in(reply) as server:
        endpoint = endpoint_of(server.url, **options)
        try:
            return endpoint.ask(ASKED), server
        finally:
            endpoint.close()


def test_a_good_answer_with_what_it_cost():
    answer, server = asked(lambda n, body: "[]", key="geheim")
    assert (answer.content, answer.tokens_in, answer.tokens_out) == ("[]", 100, 10)
    assert server.requests[0]["model"] == "模型"
    assert server.headers[0]["Authorization"] == "Bearer geheim"


def test_without_a_key_none_is_sent_and_none_is_taken_from_the_environment(monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login lin password geheim\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    _, server = asked(lambda n, body: "[]")
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize(
    ("content", "text"),
    [(None, ""), ([{"type": "text", "text": "[]"}, {"type": "image"}], "[]"), ("a\ud800b", "a?b"), (7, "")],
)
def test_contents_of_other_kinds(content, text):
    answer, _ = asked(lambda n, body: Raw(200, completion(content, usage={"prompt_tokens": "viele"})))
    assert (answer.content, answer.tokens_in) == (text, None)


@pytest.mark.parametrize(
    ("wait", "slept"), [({"Retry-After": "7"}, 7), ({}, 1), ({"Retry-After": "bald"}, 1), ({"Retry-After": "-3"}, 0)]
)
def test_too_many_requests_are_sent_again_after_the_wait(wait, slept):
    clock = FakeClock()
    answer, server = asked(lambda n, body: "[]" if n else Raw(429, "slow down", wait), clock=clock)
    assert (answer.content, len(server.requests)) == ("[]", 2)
    assert clock.slept == pytest.approx(slept, abs=0.01)


def test_a_time_of_day_counts_from_the_servers_own():
    at = {"date": "Fri, 02 Jan 2026 03:04:05 GMT", "retry-after": "Fri, 02 Jan 2026 03:04:45 GMT"}
    assert retry_after(at) == 40
    assert retry_after(at | {"date": ""}) is None
    assert retry_after(at | {"date": "Fri, 02 Jan 2026 03:04:05 -0000"}) is None  # no zone: not to be compared
    assert [retry_after({"retry-after": said}) for said in ("inf", "nan", "")] == [None, None, None]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_does_not_pass_is_given_up_after_three_more(status):
    clock = FakeClock()
    with stand_in(lambda n, body: Raw(status, '{"error": {"message": "über Last"}}')) as server:
        with pytest.raises(ReaderError, match=rf"{status} .*“über Last”; sent 4 times in vain"):
            endpoint_of(server.url, clock).ask(ASKED)
        assert len(server.requests) == 4
    assert clock.slept == pytest.approx(1 + 2 + 4, abs=0.01)


def test_a_wait_that_is_too_long_is_told_not_waited():
    clock = FakeClock()
    with stand_in(lambda n, body: Raw(429, "", {"Retry-After": "3600"})) as server:
        with pytest.raises(ReaderError, match="asks to wait 3600 s"):
            endpoint_of(server.url, clock).ask(ASKED)
        assert (len(server.requests), clock.slept) == (1, 0)


def test_no_answer_in_time():
    with stand_in(lambda n, body: HOLD if n < 2 else "[]") as server:
        assert endpoint_of(server.url, timeout=QUICK).ask(ASKED).content == "[]"
        assert len(server.requests) == 3
    with (
        stand_in(lambda n, body: HOLD) as server,
        pytest.raises(ReaderError, match=r"no answer within 0\.2 s \(bianma.yaml, reader: timeout\); sent 4 times"),
    ):
        endpoint_of(server.url, timeout=QUICK).ask(ASKED)


def test_an_answer_that_trickles_is_given_up():
    class Late(FakeClock):
        def now(self):
            self.time += 61
            return self.time

    with stand_in(lambda n, body: "[]") as server, pytest.raises(ReaderError, match="no answer within 30 s"):
        endpoint_of(server.url, Late()).ask(ASKED)


def test_every_request_that_is_sent_counts():
    with stand_in(lambda n, body: Raw(500)) as server:
        with pytest.raises(SpentError):
            endpoint_of(server.url, at_most=2).ask(ASKED)
        assert len(server.requests) == 2


def test_nobody_there():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    with pytest.raises(ReaderError, match=rf"nobody answers at http://127.0.0.1:{port}/v1/chat/completions"):
        endpoint_of(f"http://127.0.0.1:{port}/v1").ask(ASKED)


PAGE = "<!doctype html><html><title>Anmeldung</title><body>Bitte anmelden</body></html>"


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (Raw(200, PAGE), ReaderError, "no chat completion: “Anmeldung Bitte anmelden”; the endpoint must be the base"),
        (Raw(200, '{"choices": []}'), ReaderError, "no chat completion"),
        (Raw(200, "[" * 20_000), ReaderError, "no chat completion"),
        (Raw(200, "x" * 4_000_001), ReaderError, "more than 4,000,000 bytes"),
        (Raw(200, '{"error": {"message": "upstream"}}'), ReaderError, "an error: “upstream”; sent 4 times"),
        (Raw(302, "", {"Location": "https://b.example/v1"}), ReaderError, "sends on to https://b.example/v1"),
        (Raw(401, '{"error": {"message": "wrong key geheim"}}'), ReaderError, "refuses the key: 401 .*wrong key …”"),
        (Raw(404, '{"error": "no model 模型"}'), ReaderError, "not there, or the model is not: .*no model 模型"),
        (Raw(400, '{"message": "too long"}'), RefusedError, "refuses the request: 400 .*too long"),
        (Raw(418, "\x1b[31mteapot"), ReaderError, r"answers 418 .*“\[31mteapot”"),
        (Raw(502, PAGE), ReaderError, "502 .*Bitte anmelden.*sent 4 times"),
    ],
)
def test_what_does_not_fit_is_one_sentence(reply, error, says):
    with stand_in(lambda n, body: reply) as server:
        with pytest.raises(error, match=says) as caught:
            endpoint_of(server.url, key="geheim").ask(ASKED)
        assert "geheim" not in str(caught.value)


def test_where_requests_go():
    assert completions("https://h.example/api/v1//") == "https://h.example/api/v1/chat/completions"
    with pytest.raises(ReaderError, match="is no address"):
        endpoint_of("http://[::1/v1").ask(ASKED)
