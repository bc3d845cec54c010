"""Where the database is, by the environment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg2.extensions import parse_dsn
from sqlalchemy.engine import make_url

from connect4_models.database_url import ConfigurationError, connection_string

FIVE = {"DATABASE_USERNAME": "ann", "DATABASE_PASSWORD": "p@ss:/w", "DATABASE_HOST": "db"}


def meant(dsn: str) -> dict[str, str]:
    """libpq's parameters, but for those that are empty or a list of nothing."""
    return {name: value for name, value in parse_dsn(dsn).items() if value.strip(",")}


def of(url: str) -> dict[str, str]:
    return parse_dsn(connection_string({"DATABASE_URL": url}))


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(ConfigurationError) as raised:
        connection_string(environ)
    message = str(raised.value)
    assert message.isprintable(), "one line"
    return message


def test_the_five_variables_have_the_contracts_defaults() -> None:
    assert parse_dsn(connection_string(FIVE)) == {
        "user": "ann",
        "password": "p@ss:/w",
        "host": "db",
        "port": "5432",
        "dbname": "connect4",
    }


def test_name_and_port_can_be_set() -> None:
    five = {**FIVE, "DATABASE_NAME": "games", "DATABASE_PORT": "6000"}
    parameters = parse_dsn(connection_string(five))
    assert (parameters["dbname"], parameters["port"]) == ("games", "6000")


def test_a_line_s_end_is_part_of_no_variable() -> None:
    five = {**FIVE, "DATABASE_NAME": "games", "DATABASE_PORT": "6000"}
    lines = {name: f"{value}\n" for name, value in five.items()}
    assert connection_string(lines) == connection_string(five)


@pytest.mark.parametrize("host", ["/var/run/postgresql", "::1", "a,b", "/a b,/c?d"])
def test_the_host_may_be_an_address_a_socket_or_several(host: str) -> None:
    parameters = parse_dsn(connection_string({**FIVE, "DATABASE_HOST": host}))
    assert (parameters["host"], parameters["port"]) == (host, "5432")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_a_url_overrides_the_five(scheme: str) -> None:
    url = f"{scheme}://bob@elsewhere:1/other?sslmode=require"
    assert parse_dsn(connection_string({**FIVE, "DATABASE_URL": url})) == {
        "user": "bob",
        "host": "elsewhere",
        "port": "1",
        "dbname": "other",
        "sslmode": "require",
    }


@pytest.mark.parametrize("name", FIVE)
def test_a_missing_variable_is_named(name: str) -> None:
    assert name in refusal({**FIVE, name: ""})


@pytest.mark.parametrize("name", [*FIVE, "DATABASE_NAME"])
def test_a_variable_that_is_not_utf_8_is_named(name: str) -> None:
    assert name in refusal({**FIVE, name: "caf\udce9"})


@pytest.mark.parametrize("port", ["five", "0", "65536", "-1", "5432.0", "\u0665", "1" * 5000])
def test_a_malformed_port_is_named(port: str) -> None:
    assert "DATABASE_PORT" in refusal({**FIVE, "DATABASE_PORT": port})


def test_whitespace_around_a_url_is_no_part_of_it() -> None:
    assert of(" postgresql://db/games\r\n") == {"host": "db", "dbname": "games"}
    assert "DATABASE_USERNAME" in refusal({"DATABASE_URL": " \n"})


@pytest.mark.parametrize("password", ["p@:/ ?#%&=é+", "%40", "%zz", "100%"])
def test_a_password_may_be_anything_if_it_is_encoded(password: str) -> None:
    encoded = "".join(f"%{byte:02x}" for byte in password.encode())
    assert of(f"postgresql://ann:{encoded}@db")["password"] == password


@pytest.mark.parametrize("password", ["p/w", "5/w", "100%", "p:w", "p#w", "p+w", "p w"])
def test_what_sqlalchemy_takes_unencoded_in_a_password_still_works(password: str) -> None:
    url = f"postgresql://ann:{password}@db:1/games"
    assert make_url(url).password == password
    assert of(url) == {
        "user": "ann",
        "password": password,
        "host": "db",
        "port": "1",
        "dbname": "games",
    }


@pytest.mark.parametrize(
    "address",
    [
        "",
        "db",
        ":5433",
        "[::1]",
        "[::1]:5433",
        "%2Fvar%2Frun%2Fpostgresql",
        "one,two",
        "one:5432,two:5433",
        "one,two:5433",
        "[::1]:5432,[::2]:5433",
        "%2Ftmp:5432,two:5433",
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?host=/var/run/postgresql",
        "?host=/var/run/postgresql&port=5433",
        "?host=@abstract",
        "?host=::1",
        "?host=",
        "?target_session_attrs=read-write&sslmode=require",
        "?options=-c%20search_path%3Dgames&application_name=a%2Bb+c",
        "?service=games",
        "?user=ann@example&password=p@w",
        "?ssl=true",
    ],
)
def test_a_url_means_what_it_means_to_libpq(address: str, query: str) -> None:
    url = f"postgresql://{address}/games{query}"
    expected = meant(url)
    if expected.get("host", "").count(",") < expected.get("port", "").count(","):
        assert "DATABASE_URL has several ports, and not a host for each" in refusal(
            {"DATABASE_URL": url}
        )
    else:
        assert of(url) == expected


@pytest.mark.parametrize(
    ("query", "host", "port"),
    [
        ("host=one:5432&host=two:5433", "one,two", "5432,5433"),
        ("host=one%3A5432&host=two", "one,two", "5432,"),
        ("host=one&host=two", "one,two", None),
        ("host=one:5432,two:5433", "one,two", "5432,5433"),
        ("host=one:5432", "one", "5432"),
        ("host=one,two&port=5432,5433", "one,two", "5432,5433"),
        ("host=one,two&port=5433", "one,two", "5433"),
    ],
)
def test_several_hosts_may_be_written_as_sqlalchemy_has_them(
    query: str, host: str, port: str | None
) -> None:
    parameters = of(f"postgresql://ann@/games?{query}")
    assert (parameters["host"], parameters.get("port")) == (host, port)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("schema=public", "schema"),
        ("pgbouncer=true&sslmode=require&connection_limit=1", "pgbouncer, connection_limit"),
        ("sslmode", "sslmode"),
        ("application_name=100%", "application_name"),
    ],
)
def test_a_parameter_that_libpq_does_not_know_is_named(query: str, names: str) -> None:
    message = refusal({"DATABASE_URL": f"postgresql://ann:secret@db/games?{query}"})
    assert message.startswith("DATABASE_URL has parameters that libpq does not know")
    assert message.endswith(f": {names}")
    assert "secret" not in message


def test_the_url_of_another_driver_is_named() -> None:
    message = refusal({"DATABASE_URL": "postgresql+asyncpg://ann:secret@db/games"})
    assert "postgresql+asyncpg" in message
    assert "secret" not in message


@pytest.mark.parametrize(
    "url",
    [
        "secret",
        "host=db password=secret",
        "mysql://ann:secret@db/x",
        "jdbc:postgresql://ann:secret@db/x",
        "postgresql://db:secret/x",
        "postgresql://ann@db:secret/x",
        "postgresql://ann:p@secret@db/x",
        "postgresql://ann:p@db/x@secret",
        "postgresql://ann:p?/secret=x@db/x",
        "postgresql://ann:p?host=secret@db/x",
        "postgresql://ann:secret%00@db/x",
        "postgresql://ann:secret%ff@db/x",
        "postgresql://ann:secret\udce9@db/x",
        "postgresql://ann:secret@db/x\ny",
        "postgresql://ann:secret@db:65536/x",
        "postgresql://ann:secret@db/x?port=1,2",
        "postgresql://ann:secret@,:5432/x",
        "postgresql://ann:secret@[::1/x",
    ],
)
def test_a_url_that_is_none_is_named_and_not_shown(url: str) -> None:
    message = refusal({"DATABASE_URL": url})
    assert message.startswith("DATABASE_URL ")
    assert "secret" not in message


_WORDS = (
    "postgresql:// postgres:// postgresql+psycopg2:// mysql:// :// // / : @ ? & = , % + # [ ] [::1]"
    " %40 %00 %ff %2F host= port= user= password= dbname= sslmode= schema= service= ssl= options="
    " true require 5432 65536 db /var/run h1:1,h2:2 host=h:1 é \udce9 \0 ; ' \\"
)
_TEXTS = st.lists(st.sampled_from([" ", "\n", *_WORDS.split()]), max_size=12).map("".join)


@given(_TEXTS, st.sampled_from(["", "postgresql://", "postgresql://ann:s3cr3t@"]))
def test_any_text_is_a_url_that_psycopg2_takes_or_one_line(text: str, beginning: str) -> None:
    environ = {"DATABASE_URL": f"{beginning}{text}"}
    try:
        taken = connection_string(environ)
    except ConfigurationError:
        assert "s3cr3t" not in refusal(environ)
    else:
        parse_dsn(taken)
