"""Due monitoring for calendar programs (RFC 5545), read back by a parser that knows nothing of the writer."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.declared import Predicate
from generator.publishing import calendar
from generator.publishing.summary import summarise

DAY = date(2026, 11, 24)


def unfolded(raw):
    """Return the content lines; every physical line ends with CRLF and has at most 75 octets of whole characters."""
    assert raw.endswith(b"\r\n")
    physical = raw[:-2].split(b"\r\n")
    lines = []
    for line in physical:
        assert len(line) <= 75
        text = line.decode()  # a character that was cut would not decode
        assert not re.search("[\x00-\x1f\x7f]", text)
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def plain(value):
    """Undo the escapes of TEXT; an escape the standard does not know is an error."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    assert re.fullmatch(r"(?:[^\\]|\\[\\;,nN])*", value)
    return re.sub(r"\\(.)", lambda escape: "\n" if escape[1] in "nN" else escape[1], value)


def events(raw):
    """Return the events as dicts of property -> value."""
    lines = unfolded(raw)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    found, event = [], None
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            found.append(event)
            event = None
        elif event is not None:
            assert name not in event
            event[name] = value
    return found


@pytest.fixture
def summaries(records):
    """The three units in a line; contoh/satu alone is to be monitored."""
    return [summarise(record) for record in records]


def test_a_due_day_is_an_event_of_that_day(summaries):
    """WBK of 2024-12-01, monitored 2025-08-17: due 24 months later, 2027-08-17; the stamp is the day asked for."""
    files = dict(calendar.files(summaries, DAY))
    (event,) = events(files["pemantauan/jatuh-tempo.ics"])
    assert event["UID"] == "contoh.satu@registri-zi.invalid"
    assert event["DTSTAMP"] == "20261124T000000Z"
    assert event["DTSTART;VALUE=DATE"] == "20270817"
    assert plain(event["SUMMARY"]) == "Jatuh tempo pemantauan WBK: KPPN Contoh Satu"
    assert plain(event["DESCRIPTION"]) == (
        "Instansi Contoh. 24 bulan sejak pemantauan terakhir 17 Agustus 2025; pelaksana UKI-Es.I menurut instansi.yaml."
    )


def test_a_unit_that_ever_held_a_predicate_has_a_calendar(summaries):
    """contoh/tiga was revoked: whoever subscribed sees the event go; contoh/dua never held one."""
    files = dict(calendar.files(summaries, DAY))
    assert {path for path in files if path.startswith("unit/")} == {
        "unit/contoh/satu/jatuh-tempo.ics",
        "unit/contoh/tiga/jatuh-tempo.ics",
    }
    assert events(files["unit/contoh/tiga/jatuh-tempo.ics"]) == []


def test_an_empty_calendar_is_a_calendar():
    """It still has the component that the standard asks for."""
    lines = unfolded(dict(calendar.files([], DAY))["pemantauan/jatuh-tempo.ics"])
    assert "BEGIN:VTIMEZONE" in lines


def test_each_body_has_a_calendar_where_there_are_several(summaries):
    """The units of one are not in the other's; with one body the calendar of all is its own."""
    held = summaries[1]
    assert not [path for path in dict(calendar.files(summaries, DAY)) if path.startswith("pemantauan/jatuh-tempo-")]
    other = replace(held, id="contoh/empat", monitoring=replace(held.monitoring, by="Itjen", predicate=Predicate.WBBM))
    files = dict(calendar.files([other, held], DAY))
    assert [one["UID"] for one in events(files[f"pemantauan/{calendar.body_file('contoh', 'Itjen')}"])] == [
        "contoh.empat@registri-zi.invalid"
    ]
    both = [one["UID"] for one in events(files["pemantauan/jatuh-tempo.ics"])]
    assert both == ["contoh.empat@registri-zi.invalid", "contoh.satu@registri-zi.invalid"]


HOSTILE = st.text(
    st.one_of(
        st.characters(), st.sampled_from('\r\n\x0b\x0c\x00\x85\u2028\u2029\\;,:"ñ漢😀\ufffe\ud800 \t'), st.characters()
    ),
    max_size=200,
) | st.sampled_from(
    [
        "A\r\nATTENDEE:mailto:x@jahat.example",
        "A\nURL:https://jahat.example\nEND:VEVENT\nBEGIN:VEVENT",
        "A\\\nX",
        "A\\",
        "A\r\n ATTENDEE:x",
        "漢" * 90,
    ]
)


@given(texts=st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE), days=st.integers(0, 2_900_000))
@settings(derandomize=True, deadline=None)
def test_no_text_adds_a_property_or_an_event(records, texts, days):
    """Whatever a name holds, the file is well-formed and its one event has the properties written here."""
    name, agency, reason, body = texts
    held = summarise(records[1])
    due = date(1, 1, 1) + timedelta(days=days)
    hostile = replace(
        held,
        name=name,
        agency=replace(held.agency, name=agency),
        monitoring=replace(held.monitoring, reason=reason, by=body, due=due),
    )
    for raw in dict(calendar.files([hostile, replace(hostile, id="contoh/lain")], DAY)).values():
        for event in events(raw):
            assert list(event) == [
                "UID",
                "DTSTAMP",
                "DTSTART;VALUE=DATE",
                "SUMMARY",
                "DESCRIPTION",
                "TRANSP",
            ]
            shown = plain(event["SUMMARY"]).removeprefix("Jatuh tempo pemantauan WBK: ")
            harmless = re.sub("[^ -~ñ漢😀]", "", name)
            assert re.sub("[^ -~ñ漢😀]", "", shown) == harmless
            assert re.fullmatch("[0-9]{8}", event["DTSTART;VALUE=DATE"])
