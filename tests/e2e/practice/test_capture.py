"""The capture script in a real browser, and what ``companion.pages`` reads from what it made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html as lxml_html

from companion.pages.capture import Capture, capture, source
from companion.pages.document import Saved
from companion.pages.select import matches
from companion.pages.text import tidy, words
from companion.practice.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright, Route

SAMPLES = Path(__file__).parent / "captured"
ADDRESS = "https://seller.example.com/inbox?tab=open&access_token=abcdefghijklmnop0123456789"


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
    yield launched
    launched.close()


Show = Callable[..., "Page"]


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Open a page of the given markup under the address; other addresses are other sites' pages."""
    context = browser.new_context()
    context.set_default_timeout(20_000)

    def open_(markup: str, address: str = ADDRESS) -> Page:
        def answer(route: Route) -> None:
            own = route.request.url.split("#")[0] == address.split("#")[0]
            body = markup if own else "<!doctype html><p id=other>another site</p>"
            route.fulfill(body=body, content_type="text/html; charset=utf-8")

        page = context.new_page()
        page.route("**/*", answer)
        page.goto(address)
        return page

    yield open_
    context.close()


def document(inner: str, head: str = "") -> str:
    head = f"<meta charset=utf-8><title>T &amp; t</title>{head}"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{inner}</body></html>"


def sample(name: str) -> str:
    """A body from the folder beside this file."""
    return (SAMPLES / f"{name}.html").read_text("utf-8")


def saved(taken: Capture) -> Saved:
    assert taken.bytes == len(taken.html.encode())
    return Saved(taken.html.encode())


def seen(page: Saved, css: str) -> list[str]:
    """Words of what a person sees of the matches."""
    return [tidy(words(hit, page.look)) for hit in matches(page.top, css, page) if not page.look.hidden(hit)]


def attributes(page: Saved, css: str) -> list[dict[str, str]]:
    return [dict(hit.attrib) for hit in matches(page.top, css, page)]


def test_head_and_address(show: Show) -> None:
    head = (
        '<link rel=canonical href="https://seller.example.com/inbox"><link rel=stylesheet href=x.css>'
        '<meta name=csrf-token content=abc123><style>p{color:red}</style><script>var secret = "s3cret"</script>'
    )
    taken = capture(
        show(
            document("<p dir=rtl onclick='x()'>a&nbsp;&lt;b&gt; &amp;amp;</p><!-- note --><noscript>n</noscript>", head)
        )
    )
    first = taken.html.splitlines()[0]
    assert first == "<!-- saved from url=(0062)https://seller.example.com/inbox?tab=open&access_token=abcd... -->"
    page = saved(taken)
    assert page.saved_from == "https://seller.example.com/inbox?tab=open&access_token=abcd..."
    assert page.top.language == "en"
    assert [hit.text for hit in matches(page.top, "title", page)] == ["T & t"]
    assert attributes(page, "link") == [{"rel": "canonical", "href": "https://seller.example.com/inbox"}]
    assert seen(page, "p") == ["a <b> &amp;"]
    assert attributes(page, "p") == [{"dir": "rtl"}]
    for gone in ("s3cret", "abc123", "x.css", "note", "noscript", "onclick", "<style"):
        assert gone not in taken.html


def test_a_long_dash_in_the_address_does_not_end_the_comment(show: Show) -> None:
    taken = capture(show(document("<p>x</p>"), "https://seller.example.com/a--b--c"))
    assert saved(taken).saved_from == "https://seller.example.com/a--b--c"
    assert seen(saved(taken), "body") == ["x"]


def test_open_shadow_roots(show: Show) -> None:
    taken = capture(show(document(sample("shadows"))))
    page = saved(taken)
    assert seen(page, "x-card >>> b") == ["name:"]
    assert seen(page, "x-card >>> slot") == [""]
    assert seen(page, "x-card > span") == ["Ana"], "what the card has no slot for is not drawn"
    [area] = matches(page.top, "x-card >>> x-inner >>> textarea", page)
    assert area.text.strip("\n") == " typed <here>"
    assert seen(page, "x-card >>> x-inner >>> i") == []
    assert "closed" not in taken.html
    assert "<style" not in taken.html


def test_frames(show: Show) -> None:
    page_live = show(document(sample("frames")))
    page_live.frame_locator("#c").locator("#other").wait_for()
    taken = capture(page_live)
    page = saved(taken)
    assert seen(page, "#a >>> p") == ['in "frame"']
    assert seen(page, "#a >>> iframe >>> p") == ["deeper & deeper"]
    assert seen(page, "#b >>> p") == ["editor"]
    assert attributes(page, "#c") == [{"id": "c", "src": "https://other.example.net/"}]
    assert "another site" not in taken.html
    assert "sealed" not in taken.html
    assert [page.look.hidden(hit) for hit in matches(page.top, "#d", page)] == [True]
    assert not taken.truncated


SEEN = [f"seen {letter}" for letter in "abcdefg"]


def test_what_nobody_sees_is_marked_and_nothing_else(show: Show) -> None:
    page = saved(capture(show(document(sample("hidden")))))
    assert seen(page, "p, summary") == [*SEEN, ":)"]
    assert seen(page, "b") == ["5 min"], "drawn for the eye, clipped for screen readers"
    assert not any(line.startswith("5") and line != "5 min" for line in seen(page, "body")[0].splitlines())
    assert {tidy("".join(hit.itertext())) for hit in matches(page.top, "p[data-seabridge-hidden]", page)} == {
        "1",
        "2",
        "4",
        "6",
        "7",
        "9",
    }


def test_standalone_hides_again_in_a_browser(show: Show) -> None:
    first = capture(show(document(sample("hidden"))), standalone=True)
    again = show(first.html)
    visible = [one.inner_text() for one in again.locator("p, summary").all() if one.is_visible()]
    assert visible[:7] == SEEN
    assert (
        capture(again, standalone=True, address=ADDRESS).html == capture(again, standalone=True, address=ADDRESS).html
    )


def test_live_values_are_written_and_secrets_are_not(show: Show) -> None:
    taken = capture(show(document(sample("form"))))
    page = saved(taken)
    kept = matches(page.top, "input[name=title], input[name=n], [name=ref], [type=submit]", page)
    assert [one.get("value") for one in kept] == ['typed "x"', "1", "Send", "576912345678901234"]
    assert [hit.text for hit in matches(page.top, "textarea", page)] == ["new <b>"]
    assert [one.get("value") for one in matches(page.top, "option[selected]", page)] == ["2"]
    assert [one.get("name") for one in matches(page.top, "input[checked]", page)] == ["c2", "r"]
    assert [one.get("value") for one in matches(page.top, "input[name=r][checked]", page)] == ["2"]
    assert "secret" not in taken.html
    for gone in ("4111", "script:", "data:", "eyJ", "AAAA", "BBBB", "89abcdef"):
        assert gone not in taken.html, gone
    assert attributes(page, "p") == [{"style": "color:red;background:url()"}]


def test_our_own_nodes_are_left_out(show: Show) -> None:
    script = "<script>document.querySelector('div').attachShadow({mode:'open'}).innerHTML='ours too'</script>"
    markup = f"<p>theirs</p><div data-seabridge=bubble>ours</div>{script}"
    taken = capture(show(document(markup)))
    assert "theirs" in taken.html
    assert "ours" not in taken.html


def test_a_page_that_fights_is_captured_all_the_same(show: Show) -> None:
    page = saved(capture(show(document(sample("hostile")))))
    assert "in the form" in seen(page, "form p")
    names = [one.get("name") for one in matches(page.top, "form input", page)]
    assert names[:3] == ["attributes", "childNodes", "firstChild"]


def test_a_page_that_writes_itself_anew_all_the_time(show: Show) -> None:
    script = "<script>setInterval(() => document.write('<p>again</p><iframe srcdoc=x></iframe>'), 1)</script>"
    page = show(document(f"<p>first</p>{script}"))
    for _ in range(5):
        assert saved(capture(page)).top.root.tag == "html"


def test_names_and_characters_no_file_can_hold(show: Show) -> None:
    taken = capture(show(document(sample("odd"))))
    page = saved(taken)
    assert attributes(page, "#a > div") == [{"ok": "3"}]
    assert seen(page, "#a") == ["t\n\ufffd lone  \U0001f600"]


def big(count: int, deep: int = 0) -> str:
    return document(f"""<div id=r></div><script>
    const r = document.getElementById('r');
    for (let i = 0; i < {count}; i++) {{
      if (i % 1000 === 0) r.append(document.createElement('section'));
      const p = document.createElement('p'); p.textContent = 'row ' + i; r.lastChild.append(p);
    }}
    let d = r; for (let i = 0; i < {deep}; i++) d = d.appendChild(document.createElement('div'));
    </script>""")


def test_many_nodes_in_bounded_time(show: Show) -> None:
    import time

    page_live = show(big(200_000))
    began = time.monotonic()
    taken = capture(page_live, ms=60_000)
    assert time.monotonic() - began < 60
    assert not taken.truncated
    assert len(matches(saved(taken).top, "section", saved(taken))) == 200
    began = time.monotonic()
    short = capture(page_live, ms=50)
    assert time.monotonic() - began < 15
    assert short.truncated
    assert short.bytes < taken.bytes
    lxml_html.document_fromstring(short.html)


@pytest.mark.parametrize("most", [2_000, 20_000])
def test_size_is_bounded_and_what_is_cut_is_still_a_page(show: Show, most: int) -> None:
    frame = "<iframe srcdoc='" + "<p>&quot;x&quot;</p>" * 200 + "'></iframe>"
    taken = capture(show(document("<p>é字</p>" * 50 + frame + "<p>tail</p>" * 3000)), bytes=most)
    assert taken.truncated
    assert most * 0.5 < taken.bytes <= most
    assert taken.html.rstrip().endswith("</html>")
    assert seen(saved(taken), "p")[0] == "é字"


def test_depth_and_width_stay_readable(show: Show) -> None:
    taken = capture(show(big(10, deep=1_500)))
    assert taken.truncated
    assert seen(saved(taken), "p")[9] == "row 9"
    wide = capture(show(document("<i></i>" * 30_000)))
    assert wide.truncated
    assert len(saved(wide).spots) > 20_000


def test_masked(show: Show) -> None:
    taken = capture(
        show(document(sample("masked")), "https://seller.example.com/orders/12345?id=77&lang=en"), mask=True
    )
    page = saved(taken)
    assert page.saved_from == "https://seller.example.com/orders/00000?id=00&lang=en"
    assert seen(page, "p") == ["Xxx Xxx 00 жжж Жжж 字字 アあア 가가 ااااا กกก אאאא €0 😀"]
    [p] = attributes(page, "p")
    assert p == {
        "title": "Xxxxx 000",
        "data-testid": "row-1",
        "class": "row",
        "aria-label": "Xxx",
        "data-buyer": "Xxx",
        "id": "o-000000000",
    }
    assert attributes(page, "input") == [{"placeholder": "Xxxxx xx Xxx", "value": "xxxxxx 00"}]
    assert attributes(page, "a") == [{"href": "https://seller.example.com/orders/000-00/x?buyer=xxx&region=us&id=0"}]
    assert attributes(page, "img") == [{"alt": "Xxx", "src": "/pic/000.png?sig=xxx"}]
    assert [hit.text for hit in matches(page.top, "textarea, title", page)] == ["X & x", "xxxxx 0"]


def test_options_of_the_page_are_not_heard(show: Show) -> None:
    options: dict[str, Any] = {"address": "https://seller.example.com/elsewhere"}
    assert saved(capture(show(document("<p>x</p>")), **options)).saved_from == options["address"]


# -- in pieces -----------------------------------------------------------------------------------------------------

IN_PIECES = """async ({pace, restless}) => {
    const softly = SOURCE;
    let pauses = 0, changed = false;
    const observer = new MutationObserver(() => (changed = true));
    observer.observe(document, {childList: true, subtree: true, characterData: true});
    const taken = await softly({}, {piece: pace, breathe: async () => {
        pauses += 1;
        if (pauses <= restless) document.querySelector('p').textContent = `turn ${pauses}`;
    }, changed: () => { const did = changed || observer.takeRecords().length > 0; changed = false; return did; }});
    return {html: taken && taken.html, pauses};
}""".replace("SOURCE", source().replace("return captureDocument;", "return captureInPieces;"))
MANY = "<p>turn</p>" + "".join(f"<div><b>{number}</b><i>x</i></div>" for number in range(600))


def test_a_capture_in_pieces_is_the_capture(show: Show) -> None:
    page = show(document(MANY + '<iframe srcdoc="<p>framed</p>"></iframe><input value="7">'))
    taken = page.evaluate(IN_PIECES, {"pace": 0, "restless": 0})
    assert taken["pauses"] > 20
    assert taken["html"] == capture(page).html


def test_a_page_that_changes_between_two_pieces_is_captured_anew_of_one_moment(show: Show) -> None:
    page = show(document(MANY))
    taken = page.evaluate(IN_PIECES, {"pace": 0, "restless": 2})
    assert taken["html"] == capture(page).html
    assert "turn 2" in taken["html"]


def test_a_page_that_never_holds_still_gives_no_capture_rather_than_a_mixed_one(show: Show) -> None:
    page = show(document(MANY))
    assert page.evaluate(IN_PIECES, {"pace": 0, "restless": 1_000_000})["html"] is None
