"""What is remembered: so much of it, and what was used last."""

from app.values.memory import Memory


def test_what_was_used_last_stays() -> None:
    memory = Memory[str](2)
    memory.put("a", "A")
    memory.put("b", "B")
    assert memory.get("a") == "A"
    memory.put("c", "C")
    assert [memory.get(key) for key in "abc"] == ["A", None, "C"]


def test_what_is_larger_than_all_that_is_kept_is_not_remembered() -> None:
    memory = Memory[str](3, len)
    memory.put("a", "AA")
    memory.put("b", "BBBB")
    assert [memory.get(key) for key in "ab"] == ["AA", None]
    memory.put("b", "BB")
    assert [memory.get(key) for key in "ab"] == [None, "BB"]
