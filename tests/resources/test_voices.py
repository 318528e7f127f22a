"""Every claim tells whose voice it is, and where it is written."""

from contract.orders import Documents


def test_the_voice_is_the_speaker_or_the_source_of_the_first_evidence(documents: Documents) -> None:
    narrated = 0
    for claim in documents["claims"]:
        narrated += claim["narrated"]
        expected = claim["speaker"]["actor"] if claim["speaker"] else claim["evidence"][0]["source"]
        assert claim["voice"] == expected
    assert narrated


def test_sources_are_those_of_the_evidence_each_once(documents: Documents) -> None:
    for claim in documents["claims"]:
        written = {evidence["source"]["id"]: evidence["source"] for evidence in claim["evidence"]}
        assert claim["sources"] == list(written.values())
