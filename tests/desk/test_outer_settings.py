"""The settings of the outer log-in: all or none, https or this machine, a secret that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from luodi.website.configuration import Configuration, Misconfigured

ISSUER = {"LUODI_OIDC_ISSUER": "https://id.qinglan.example/realms/gov", "LUODI_OIDC_CLIENT_ID": "luodi"}


def test_without_any_there_is_none() -> None:
    found = Configuration.from_environment({})
    assert (found.oidc_issuer, found.oidc_client_id, found.oidc_secret()) == ("", "", "")


def test_the_secret_is_what_the_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("geheim 秘密\n", encoding="utf-8")
    found = Configuration.from_environment(
        {**ISSUER, "LUODI_OIDC_SECRET_FILE": str(path), "LUODI_OIDC_NAME": "青岚统一认证"}
    )
    assert found.oidc_secret() == "geheim 秘密"
    assert (found.oidc_issuer, found.oidc_name) == (ISSUER["LUODI_OIDC_ISSUER"], "青岚统一认证")
    assert "geheim" not in repr(found)


def test_a_client_may_have_no_secret() -> None:
    assert Configuration.from_environment(ISSUER).oidc_secret() == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://id.qinglan.example",
        "ftp://id.qinglan.example",
        "id.qinglan.example",
        "https://id.qinglan.example/?a=1",
        "https://id.qinglan.example/#x",
        "https://user:word@id.qinglan.example/",
        "https://",
    ],
)
def test_an_issuer_that_cannot_be_trusted_is_refused(address: str) -> None:
    with pytest.raises(Misconfigured, match="LUODI_OIDC_ISSUER"):
        Configuration.from_environment({**ISSUER, "LUODI_OIDC_ISSUER": address})


@pytest.mark.parametrize("missing", list(ISSUER))
def test_half_of_the_settings_is_refused(missing: str) -> None:
    given = {name: value for name, value in ISSUER.items() if name != missing}
    with pytest.raises(Misconfigured, match="要么都设，要么都不设"):
        Configuration.from_environment(given)


def test_a_secret_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_text("\n", encoding="utf-8")
    for path, words in ((tmp_path / "nothing", "读不出来"), (tmp_path, "读不出来"), (empty, "是空的")):
        found = Configuration.from_environment({**ISSUER, "LUODI_OIDC_SECRET_FILE": str(path)})
        with pytest.raises(Misconfigured, match=words):
            found.oidc_secret()
