"""Markdown that a stranger may have made: what our own comments are made of stays, the rest means nothing any more."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exchange.inert_markdown import MOST, inert_markdown

OURS = r"""## Pemeriksaan usulan

Usulan ini mengubah 1 jawaban: nilai Mandiri 2025 0,38 → 0,50; 10:30:45 (`a & b`).

### Lihat lebih dulu

- **Kesalahan baru** (1): nilai \<= 3 \* 2, \[ya\] \& \# \_x\_ \| \~ \\
  - `units/contoh/satu/unit.yaml:3` harus *dibetulkan*
1. satu

| Nilai | Sebelum | Sesudah |
|---|:---:|---:|
| Mandiri 2025 | 0,38 | `Ya` |

<details>
<summary>Tampilkan daftar periksa (3)</summary>

- **A.I.1** Tim dibentuk
  - [ ] Sesuai kriteria Ya: [x] ＠tim
  - [x] Ada

</details>
""".replace("[x] ＠tim", "x ＠tim")

HOSTILE = {
    "tag": "<script>alert(1)</script><img src=x onerror=y>",
    "tag with a constant one": "<details><script>x</script>",
    "attribute": "<details open onclick=x>",
    "summary that ends early": "<summary>a</summary><img src=x></summary>",
    "escape in a summary, where Markdown does not reach": r"<summary>\<img src=x></summary>",
    "code in a summary": "<summary>`<img src=x>`</summary>",
    "code right below a tag, still HTML": "<details>\n`<img src=x>` `@tim`",
    "comment": "<!-- zi:pemeriksaan -->",
    "declaration": "<!DOCTYPE x><?php ?><![CDATA[x]]>",
    "link": "[klik](https://contoh.example)",
    "link in a checklist": "- [ ] [x](https://contoh.example)\n- [x](https://contoh.example)",
    "reference": "[klik][1]\n\n[1]: https://contoh.example",
    "image": "![x](https://contoh.example/x.png)",
    "autolink": "<https://contoh.example> <a@contoh.example>",
    "bare address": "https://contoh.example HTTP://X.example www.contoh.example WWW.x.example ftp://x _www.x.example_",
    "bare mail address": "a@contoh.example mailto:a@contoh.example",
    "mention": "@admin @contoh/tim",
    "mention by entity": "&#64;admin &commat;admin &lt;img&gt;",
    "mention by escape": r"\@admin \\@admin",
    "reference to an issue": r"#12 \#12 a/b#12 GH-12 gh-12 _GH-12_ GHSA-aaaa-bbbb-cccc CVE-2025-1",
    "commit": "deadbeef1 da39a3ee5e6b4b0d3255bfef95601890afd80709 a/b:deadbeef1 _deadbeef1_",
    "picture emoji": ":octocat: :shipit:",
    "fence": "```\nkode\n\n~~~ html\n<b>",
    "fence that stays open": "    ```\n````",
    "ticks that are not even": "`a ``b` ```c <img src=x> `@tim",
    "code over two lines": "`a\n<img src=x>` @tim",
    "escaped tick": r"\`<img src=x>\` \``@tim`",
    "code over two cells": "| a | b |\n|---|---|\n| `x | @tim` |",
    "formula": "$`\\href{x}{y}`$ $$x$$ \\$x$",
    "quote and alert": "> [!CAUTION]\n> x",
    "footnote": "x[^1]\n\n[^1]: https://contoh.example",
    "hidden signs": "a\u202eb\u200bc\x00d\x1be\u2028f\ud800g\r\nh\ti",
    "struck": "~~x~~",
    "tags within tags": "<details>\n" * 9,
    "closing what is not open": "</details>\n</details>",
}


def test_what_our_own_comments_are_made_of_stays() -> None:
    """Headings, lists, checklists, tables, stress, escapes, code, folded parts."""
    assert inert_markdown(OURS) == OURS


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_renderer_makes_nothing_of_hostile_text(text) -> None:
    """No link, image or HTML but the constant tags, nothing for GitHub to find in text, nothing left open below."""
    assert_inert(text)


_PARTS = [*"`<>@&[]()!#\\~$|*_-:/ \n\t1aW.", "``", "```", "\n\n", "- [ ] ", "www.", "://", "GH-", "&#64;", "abcdef0"]
_PARTS += ["- ", "1. ", "| a | b |\n|---|---|\n", "\\`", "\\#1", "\\<img>", "`x`", "<!--", "    "]
_PARTS += ["<details>", "</details>", "<summary>", "</summary>", "\n<details>\n", "\n</details>\n", ":a:", "@tim"]


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(_PARTS), max_size=30).map("".join) | st.text(max_size=60))
def test_no_text_at_all_is_more_than_text(text) -> None:
    """Whatever signs stand together; and what was made is not changed again."""
    assert_inert(text)


def test_a_long_text_is_cut_at_a_line_and_closed() -> None:
    """The limit holds for all of it, and what is written below stays visible."""
    long = "<details>\n\n" + "- satu baris dengan **isi**\n" * 5_000
    made = inert_markdown(long)
    assert len(made) <= MOST
    assert made.endswith("isi**\n\n</details>\n\nKomentar ini dipotong karena terlalu panjang.")
    assert_inert(long)
    assert inert_markdown("x" * (MOST + 1)) == "\nKomentar ini dipotong karena terlalu panjang."


@pytest.mark.parametrize("part", ["`", "<details>\n", ":a", "a", "#", "\\", "[", "- ", "www.", "<summary>", "f", " "])
def test_a_long_text_takes_no_long_time(part) -> None:
    """64 kB of one sign or word; a pattern that tries every place against every other would take minutes."""
    inert_markdown(part * (64_000 // len(part)))


_MADE_OF_WORDS = re.compile(r"@|://|www\.|#[0-9a-z]|GH-|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])", re.IGNORECASE)
"""What GitHub looks for in text that is no code, when Markdown is done."""


def assert_inert(text) -> None:
    """Render the text, as strangers' Markdown below a heading of ours; hold what comes of it to what may come."""
    made = inert_markdown(text)
    assert inert_markdown(made) == made
    markdown_it = pytest.importorskip("markdown_it")
    markdown = markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = markdown.parse(f"{made}\n\n## Di bawahnya\n\nisi [kita](/sendiri)\n")
    assert [token.content for token in tokens[-5:] if token.type == "inline"] == ["Di bawahnya", "isi [kita](/sendiri)"]
    assert_balanced("".join(token.content for token in tokens if token.type == "html_block"))
    assert not [token for token in tokens if token.type == "fence"]
    inside = [child for token in tokens[:-3] for child in token.children or ()]
    assert not {child.type for child in inside} & {"html_inline", "link_open", "image", "s_open"}
    words = [child.content for child in inside if child.type == "text"]
    words += re.findall(r"<summary>(.*?)</summary>", made)
    for found in words:
        assert not _MADE_OF_WORDS.search(found), found
    for sign in made:
        assert sign.isprintable() or sign == "\n"


def assert_balanced(html) -> None:
    """Only the constant tags, and every folded part closed."""
    rest = re.sub(r"<summary>[^<>&`]*</summary>", "", html)
    depth = 0
    for tag in re.findall(r"</?details>", rest):
        depth += 1 if tag == "<details>" else -1
        assert depth >= 0
    assert depth == 0
    assert not re.sub(r"</?details>|\s", "", rest)
