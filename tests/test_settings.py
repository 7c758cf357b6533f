"""Settings come from the environment and stand in the docs."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from gqlregistry.settings import Settings, main, table

PAGE = Path(__file__).parent.parent / "docs" / "configuration.md"


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GQLREGISTRY_PORT", "9000")
    monkeypatch.setenv("GQLREGISTRY_DATABASE", "")
    assert (Settings().port, Settings().database, Settings(port=1).port) == (9000, None, 1)


@pytest.mark.parametrize("wrong", [{"port": 70000}, {"public_url": "ftp://x"}, {"log_level": "loud"}])
def test_a_wrong_value_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**wrong)


def test_the_docs_have_the_settings_of_today() -> None:
    assert table() in PAGE.read_text()


def test_each_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_table_is_replaced_and_the_rest_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n\n| variable | old |\n| - | - |\n\nafter\n")
    main(page)
    assert page.read_text() == f"before\n\n{table()}\nafter\n"
