"""Where the database is, by the environment."""

import pytest

from connect4_models.database_url import ConfigurationError, database_url

FIVE = {"DATABASE_USERNAME": "ann", "DATABASE_PASSWORD": "p@ss:/w", "DATABASE_HOST": "db"}


def test_the_five_variables_have_the_contracts_defaults() -> None:
    url = database_url(FIVE)
    assert url.render_as_string(hide_password=False) == (
        "postgresql+psycopg2://ann:p%40ss%3A%2Fw@db:5432/connect4"
    )


def test_name_and_port_can_be_set() -> None:
    url = database_url({**FIVE, "DATABASE_NAME": "games", "DATABASE_PORT": "6000"})
    assert (url.database, url.port) == ("games", 6000)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_a_url_overrides_the_five(scheme: str) -> None:
    url = database_url(
        {**FIVE, "DATABASE_URL": f"{scheme}://bob@elsewhere:1/other?sslmode=require"}
    )
    assert url.render_as_string() == "postgresql+psycopg2://bob@elsewhere:1/other?sslmode=require"


@pytest.mark.parametrize("name", FIVE)
def test_a_missing_variable_is_named(name: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        database_url({**FIVE, name: ""})


@pytest.mark.parametrize("port", ["five", "0", "65536", "-1", "5432.0", "\u0665"])
def test_a_malformed_port_is_named(port: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_PORT"):
        database_url({**FIVE, "DATABASE_PORT": port})


@pytest.mark.parametrize("url", ["secret", "mysql://ann:secret@db/x", "postgresql://db:secret/x"])
def test_a_url_that_is_none_is_named_and_not_shown(url: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL") as raised:
        database_url({"DATABASE_URL": url})
    assert "secret" not in str(raised.value)
