"""Where webhooks may go: the address that is connected to is the one that was looked at."""

import pytest
from pydantic import SecretStr

from gqlregistry.errors import BadInput
from gqlregistry.hooks import Sender
from gqlregistry.registry.reach import Reach, check_url, is_public
from tests.hooks.receiver import receiving

SECRET = SecretStr("whsec_c2VjcmV0")

PRIVATE = [
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "64:ff9b::a00:1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_of_the_internet(address: str) -> None:
    assert not is_public(address)
    assert not Reach().allows(address)
    assert Reach(private_addresses=True).allows(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_addresses_of_the_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "https://",
        "https://exa mple.com/",
        "https://example.com:99999/",
        "https://user:password@example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://localhost./",
        "https://169.254.169.254/latest",
        "https://ex\u00e4mple.com/",
        "https://example.com/\r\nx: y",
        "file:///etc/passwd",
        "https://[::1",
        "https://example.com/" + "x" * 2048,
        "",
    ],
)
def test_urls_that_are_not_taken(url: str) -> None:
    with pytest.raises(BadInput):
        check_url(url, Reach())


def test_urls_that_are_taken() -> None:
    assert check_url("https://hooks.example.com:8443/a?b=c", Reach())
    assert check_url("http://localhost:8000/", Reach(private_addresses=True, plain_http=True))


async def test_a_name_that_means_a_private_address_is_refused() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1", "::1"]

    async with receiving() as receiver:
        sender = Sender(Reach(plain_http=True), resolve=resolve)
        url = receiver.url.replace("127.0.0.1", "looks.public.example")
        outcome = await sender.send(url, SECRET, "1", {})
        await sender.close()
    assert receiver.got == []
    assert outcome.error == "looks.public.example has no address that webhooks may be sent to"


async def test_a_name_is_looked_up_once_and_what_it_meant_is_connected_to() -> None:
    """The system does not know the name: a second look-up, by whoever connects, would fail."""
    asked = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.0.2.1"]

    async with receiving() as receiver:
        sender = Sender(Reach(private_addresses=True, plain_http=True), resolve=resolve)
        url = receiver.url.replace("127.0.0.1", "rebinds.invalid")
        outcome = await sender.send(url, SECRET, "1", {})
        await sender.close()
    assert outcome.error is None
    assert asked == ["rebinds.invalid"]
    assert receiver.got[0].headers["host"].startswith("rebinds.invalid:")


async def test_http_is_refused_also_when_it_was_allowed_before() -> None:
    async with receiving() as receiver:
        sender = Sender(Reach(private_addresses=True))
        outcome = await sender.send(receiver.url, SECRET, "1", {})
        await sender.close()
    assert receiver.got == []
    assert outcome.error == "webhooks may be sent by https only"


async def test_a_name_that_nobody_knows_is_an_outcome() -> None:
    sender = Sender(Reach())
    outcome = await sender.send("https://nowhere.invalid/", SECRET, "1", {})
    await sender.close()
    assert outcome.status is None
    assert outcome.error is not None
