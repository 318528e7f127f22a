"""Tags of languages: the case that RFC 5646 gives each part."""

import pytest

from app.values.languages import in_its_case


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "sr-Latn",
        "sr-Latn-RS",
        "en-US",
        "zh-yue-Hant-HK",
        "de-CH-1996",
        "sl-rozaj",
        "en-x-us",
        "es-419",
        "de-a-ext1-x-latn",
    ],
)
def test_every_part_gets_its_case(tag: str) -> None:
    assert {in_its_case(each) for each in (tag, tag.lower(), tag.upper(), tag.title())} == {tag}
