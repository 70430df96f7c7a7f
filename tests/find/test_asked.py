"""Questions are found by the phrases that they say people ask them in."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from waypost.desk.find import find
from waypost.desk.guide import Guide

AT = datetime(2026, 11, 22, 22, 0, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_question_is_found_by_its_own_phrases(guide: Guide, language: str) -> None:
    """At least 95 of 100 phrases bring their question among the first three answers."""
    missed, count = [], 0
    for key, texts in guide.pack.questions.items():
        for phrase in texts[language].ask if language in texts else ():
            found = find(guide.pack, guide.directory, guide.index, phrase, at=AT)
            count += 1
            if key not in [answer.key for answer in found.answers[:3]]:
                missed.append((key, phrase, [answer.key for answer in found.answers[:3]]))
    assert count >= 200
    assert len(missed) <= 0.05 * count, missed
