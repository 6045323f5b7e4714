"""A given database gets its tables by itself only while it is wholly empty."""

import pytest
from django.conf import settings
from django.db import connection

from pendopo.config import prepared


def _named(name: str) -> dict[str, object]:
    return {**settings.DATABASES["default"], "NAME": name, "OPTIONS": {"connect_timeout": 3}}


@pytest.mark.django_db
def test_a_database_with_tables_is_not_empty() -> None:
    assert not prepared.is_empty(_named(str(connection.settings_dict["NAME"])))


@pytest.mark.django_db(transaction=True)
def test_a_new_database_is_empty() -> None:
    name = f"{connection.settings_dict['NAME']}_kosong"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        assert prepared.is_empty(_named(name))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def test_a_database_that_does_not_answer_is_not_called_empty() -> None:
    assert not prepared.is_empty(_named("tidak_ada_basis_data_ini"))
