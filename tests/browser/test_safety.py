"""What the guide promises a reader on a watched phone, seen in a real browser (requirements P1 to P15)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, Request

from tests.browser.conftest import FLAGS, NewPage, calm, in_files

pytestmark = pytest.mark.browser
MARKED = "zebrafinch"
"""A word that stands in no page, so that each place where it turns up is a trace."""


def search(page: Page, words: str) -> None:
    """Type words into the search box as a reader does, and wait for what is found."""
    page.fill("#words", words)
    page.press("#words", "Enter")
    page.wait_for_selector("[data-found] [data-key], [data-found] p")


def keys(page: Page) -> list[str]:
    """The keys of the banners and cards found, in the order in which they stand."""
    found = page.eval_on_selector_all("[data-found] [data-key]", "all => all.map(e => e.dataset.key)")
    return list(found)


def requests_of(page: Page) -> list[Request]:
    """Every request that the page makes from now on."""
    made: list[Request] = []
    page.on("request", lambda request: made.append(request))
    return made


def test_p1_no_request_leaves_the_site(open_page: NewPage, site: str) -> None:
    """P1: home, search and a record's page ask no other host for anything."""
    page = open_page()
    made = requests_of(page)
    page.goto(site)
    search(page, "food")
    page.click("[data-found] .card-name a")
    page.wait_for_load_state()
    assert made
    assert [r.url for r in made if not r.url.startswith(site)] == []


def test_p1_a_third_party_picture_would_be_stopped(open_page: NewPage) -> None:
    """P1: a picture from another host, planted into the page, is stopped by the policy."""
    page = open_page("/")
    blocked = page.evaluate(
        """() => new Promise(done => {
          document.addEventListener("securitypolicyviolation", e => done(e.effectiveDirective));
          const img = new Image(); img.src = "https://example.org/x.png"; document.body.append(img);
        })"""
    )
    assert blocked == "img-src"


def stored(page: Page) -> list[object]:
    """What the page has left in the browser: cookies, both storages, databases, caches, workers."""
    left: list[object] = page.evaluate(
        """async () => [document.cookie, localStorage.length, sessionStorage.length,
          (await indexedDB.databases()).length, (await caches.keys()).length,
          (await navigator.serviceWorker.getRegistrations()).length]"""
    )
    return [*left, len(page.context.cookies())]


def test_p2_nothing_is_stored(open_page: NewPage) -> None:
    """P2: after a search there is no cookie, no storage, no database, no cache and no service worker."""
    page = open_page("/")
    search(page, "food")
    assert stored(page) == ["", 0, 0, 0, 0, 0, 0]


def test_p2_what_is_stored_would_be_seen(open_page: NewPage) -> None:
    """P2: a cookie and a note in the storage, planted, are seen."""
    page = open_page("/")
    page.evaluate("document.cookie = 'a=1'; localStorage.setItem('b', '2')")
    assert stored(page) == ["a=1", 1, 0, 0, 0, 0, 1]


def test_p4_with_script_the_words_stay_in_the_page(open_page: NewPage, site: str) -> None:
    """P3, P4: a search in the page sends nothing, and changes neither address nor history."""
    page = open_page()
    made = requests_of(page)
    page.goto(site + "/")
    before = page.evaluate("[location.href, history.length]")
    search(page, f"food {MARKED}")
    assert keys(page)
    assert page.evaluate("[location.href, history.length]") == before
    assert telling(made) == []


def test_p4_wishes_and_a_shortlist_stay_in_the_page_too(open_page: NewPage, site: str) -> None:
    """P2, P3, P4: narrowing by place, day and wish, and ticking services for a list, send, store and show nothing."""
    page = open_page()
    made = requests_of(page)
    page.goto(site + "/")
    search(page, f"food {MARKED}")
    before = page.evaluate("[location.href, history.length]")
    page.evaluate("document.querySelector('#narrow').open = true")
    page.fill("#near", "Danbury")
    page.check("#narrow-free")
    page.click(".narrow-go")
    page.wait_for_selector("[data-found] [data-key]")
    page.check("[data-found] .card-pick input >> nth=0")
    page.click("#mylist button")
    page.wait_for_selector("[data-sheet]:not([hidden])")
    assert page.inner_text(".sheet-text").strip()
    assert page.evaluate("[location.href, history.length]") == before
    assert telling(made) == []
    assert [r.url for r in made if "Danbury" in r.url] == []
    assert stored(page) == ["", 0, 0, 0, 0, 0, 0]


def telling(made: list[Request]) -> list[str]:
    """The requests that post something or hold the marked word."""
    return [r.url for r in made if r.method != "GET" or MARKED in r.url or MARKED in (r.post_data or "")]


def test_p4_words_that_are_sent_would_be_seen(open_page: NewPage, site: str) -> None:
    """P3, P4: words that a script sends with an address, planted, are seen there and among the requests."""
    page = open_page()
    made = requests_of(page)
    page.goto(site + "/")
    with page.expect_navigation():
        page.evaluate(f"location.href = '/q/?words={MARKED}'")
    assert MARKED in page.url
    assert len(telling(made)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "where can i get tested no insurance",
        "necesito un lugar seguro esta noche",
        "my boyfriend takes my money and makes me see men",
        "narcan cerca de danbury ahora",
        "hookers near route 7",
        "abogdo de imigracion",
    ],
)
def test_f4_with_and_without_script_the_same(open_page: NewPage, words: str) -> None:
    """F4: the page's own search and the server's give the same banners and results in the same order."""
    with_script = open_page("/")
    search(with_script, words)
    without = open_page("/", java_script_enabled=False)
    without.fill("#words", words)
    without.press("#words", "Enter")
    assert re.search(r"/r/[\w-]+$", without.url)
    served = re.findall(r'data-key="([^"]+)"', without.inner_html("[data-found]"))
    assert keys(with_script) == served


def test_p3_without_script_back_works(open_page: NewPage, site: str) -> None:
    """P3: without script the address of the answer holds no word, and Back leads to the search page."""
    page = open_page("/", java_script_enabled=False)
    page.fill("#words", f"food {MARKED}")
    page.press("#words", "Enter")
    assert MARKED not in page.url
    page.go_back()
    assert page.url == f"{site}/"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_p5_no_file_of_the_profile_holds_the_word(
    driver: Playwright, chromium: str, site: str, tmp_path: Path, script: bool
) -> None:
    """P5: after a search and leaving, the searched word stands in no file of the browser's profile."""
    context = driver.chromium.launch_persistent_context(
        str(tmp_path), executable_path=chromium, args=FLAGS, java_script_enabled=script
    )
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), calm)
    page = context.new_page()
    page.goto(site)
    page.fill("#words", f"food {MARKED}")
    page.press("#words", "Enter")
    page.wait_for_selector("[data-found] [data-key]")
    page.click("#exit")
    page.wait_for_timeout(1500)
    context.close()
    assert in_files(tmp_path, "127.0.0.1"), "the visit itself is in the profile, so the profile was read"
    assert in_files(tmp_path, MARKED) == []


def test_p5_a_word_in_an_address_would_be_found(
    driver: Playwright, chromium: str, site: str, tmp_path: Path
) -> None:
    """P5: a searched word put into the address, as many sites do, is found in the browser's profile."""
    context = driver.chromium.launch_persistent_context(str(tmp_path), executable_path=chromium, args=FLAGS)
    page = context.new_page()
    page.goto(f"{site}/q/?words={MARKED}")
    page.wait_for_timeout(1500)
    context.close()
    assert in_files(tmp_path, MARKED)


def exit_faults(page: Page) -> list[str]:
    """What is wrong with the exit: its place in the order, its size, its being in view, its absence in print."""
    faults = []
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.id"))
    if "exit" not in stops:
        faults.append("late")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(100)
    box = page.locator("#exit").bounding_box()
    assert box
    if min(box["width"], box["height"]) < 44:
        faults.append("small")
    if not 0 <= box["y"] <= 640 - box["height"]:
        faults.append("out of view")
    hit = page.evaluate(
        "([x, y]) => !!document.elementFromPoint(x, y)?.closest('#exit')",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    if not hit:
        faults.append("covered")
    page.emulate_media(media="print")
    if page.locator("#exit").is_visible():
        faults.append("printed")
    return faults


@pytest.mark.parametrize("path", ["/", "/es/", "/help/", "/law/", "/q/", "/safety/", "/keep/"])
def test_p10_the_exit_is_in_reach(open_page: NewPage, path: str) -> None:
    """P10: among the first three stops, large enough, in view and uncovered after scrolling, not in print."""
    assert exit_faults(open_page(path)) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (".exit { position: static !important }", "out of view"),
        ("main::after { content: ''; position: fixed; inset: 0; z-index: 99 }", "covered"),
        ("#exit { min-height: 1rem !important; line-height: 1 }", "small"),
        ("@media print { .exit, #exit { display: block !important } }", "printed"),
    ],
)
def test_p10_an_exit_out_of_reach_would_be_seen(open_page: NewPage, planted: str, fault: str) -> None:
    """P10: an exit that scrolls away, is covered, too small or printed, planted, is seen."""
    page = open_page("/q/")
    page.evaluate(
        "rules => { const s = new CSSStyleSheet(); s.replaceSync(rules); document.adoptedStyleSheets = [s]; }",
        planted,
    )
    assert fault in exit_faults(page)


def leaving(page: Page) -> list[Request]:
    """The requests to anywhere else that the page makes from now on."""
    gone: list[Request] = []
    page.on("request", lambda r: gone.append(r) if "127.0.0.1" not in r.url else None)
    return gone


def by_click(page: Page) -> None:
    """Leave by the link."""
    page.click("#exit")


def by_keys(page: Page) -> None:
    """Leave by three presses of Shift."""
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("leave", [by_click, by_keys], ids=["click", "keys"])
def test_p11_exit_leads_away_without_a_referrer(open_page: NewPage, leave: Callable[[Page], None]) -> None:
    """P11, P14: a click or three presses of Shift lead to the harmless page, which is not told whence."""
    page = open_page("/q/")
    gone = leaving(page)
    leave(page)
    page.wait_for_selector("h1:has-text('Weather')")
    assert "referer" not in gone[0].headers
    assert not re.search(r"google|bing|duckduckgo|search", gone[0].url)


def test_p11_exit_works_without_script(open_page: NewPage) -> None:
    """P11: without script the exit is a plain link that leads away."""
    page = open_page("/", java_script_enabled=False)
    page.click("#exit")
    assert page.title() == "Weather"


@pytest.mark.parametrize(
    "presses", [["Shift", "Shift"], ["Shift+a", "Shift+b", "Shift+c"]], ids=["two", "letters"]
)
def test_p11_typing_does_not_leave(open_page: NewPage, presses: list[str]) -> None:
    """P11: two presses, or Shift with letters, lead nowhere."""
    page = open_page("/q/")
    gone = leaving(page)
    for press in presses:
        page.keyboard.press(press)
    page.wait_for_timeout(300)
    assert gone == []


def test_p11_the_count_starts_again_after_five_seconds(open_page: NewPage) -> None:
    """P11: two presses, a pause of more than five seconds and one more lead nowhere."""
    page = open_page("/q/")
    gone = leaving(page)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_timeout(5300)
    page.keyboard.press("Shift")
    page.wait_for_timeout(300)
    assert gone == []


def test_p13_without_script_back_would_show_the_page(open_page: NewPage, site: str) -> None:
    """P13: the plain link, which is all there is without script, cannot do it: so the test above can fail."""
    page = open_page("/q/", java_script_enabled=False)
    page.click("#exit")
    page.wait_for_url("https://www.weather.gov/**")
    page.go_back()
    assert page.url == f"{site}/q/"
    assert page.locator("h1").is_visible()


def test_p12_the_page_is_covered_at_once(open_page: NewPage) -> None:
    """P12: within a tenth of a second of leaving nothing of the page can be seen, however slow the target."""
    page = open_page("/q/")
    page.context.unroute_all()
    page.context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort("aborted"))
    page.evaluate(
        """() => { window.t0 = 0; window.covered = null;
          addEventListener("keydown", () => { window.t0 = performance.now(); }, true);
          const look = () => {
            const e = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
            const words = document.body.innerText.trim();
            if (window.t0 && (!e || e.closest(".exit-cover, [data-exit-cover]") || !words)) {
              window.covered = performance.now() - window.t0;
            } else requestAnimationFrame(look);
          };
          requestAnimationFrame(look); }"""
    )
    by_keys(page)
    page.wait_for_function("window.covered !== null", timeout=3000)
    assert page.evaluate("window.covered") <= 100


def deep(page: Page, site: str) -> None:
    """Come from elsewhere and go three pages deep."""
    page.goto("https://before.example/")
    for path in ("/", "/q/", "/law/"):
        page.goto(site + path)


@pytest.mark.parametrize("leave", [by_click, by_keys], ids=["click", "keys"])
def test_p13_back_shows_what_was_there_before_us(
    open_page: NewPage, site: str, leave: Callable[[Page], None]
) -> None:
    """P13, better half: from three pages deep, neither Back nor Forward shows a page of ours."""
    page = open_page()
    deep(page, site)
    leave(page)
    page.wait_for_url("https://www.weather.gov/**")
    page.go_back(wait_until="commit")
    page.wait_for_url("https://before.example/")
    for _ in range(3):
        page.evaluate("history.forward()")
        page.wait_for_timeout(400)
        assert site not in page.url or page.inner_text("body").strip() == ""


def test_p12_nothing_of_the_first_page_shows_on_the_way(open_page: NewPage, site: str) -> None:
    """P12: passing through our first page on the way out, not a word of it is drawn."""
    page = open_page()
    deep(page, site)
    page.context.add_init_script(
        """window.addEventListener("DOMContentLoaded", () => {
          const look = () => {
            const words = document.body && document.body.innerText.trim();
            if (words && window.name.startsWith("leaving")) console.log("shown: " + words.slice(0, 40));
            requestAnimationFrame(look);
          };
          look();
        })"""
    )
    shown: list[str] = []
    page.on("console", lambda message: shown.append(message.text) if "shown" in message.text else None)
    by_keys(page)
    page.wait_for_url("https://www.weather.gov/**")
    assert shown == []


def test_p13_a_new_tab_keeps_nothing_but_an_empty_page(open_page: NewPage, site: str) -> None:
    """P13: in a tab that began with the guide, Back leads at most to an empty page with a neutral title."""
    page = open_page("/")
    page.goto(site + "/law/")
    page.click("#exit")
    page.wait_for_selector("h1:has-text('Weather')")
    page.go_back(wait_until="commit")
    page.wait_for_timeout(500)
    assert page.evaluate("document.body.innerText").strip() == ""


def test_p13_a_page_come_back_to_can_be_used(open_page: NewPage, site: str) -> None:
    """P13: back from a link, the page is drawn again and not left covered."""
    page = open_page("/q/")
    page.click("main a")
    page.go_back()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).visibility") == "visible"


def test_the_static_edition_searches_from_a_folder(open_page: NewPage, edition: str) -> None:
    """Decision 2: opened from a folder, the guide searches, and finds what the server's page finds."""
    from_folder, served = open_page(edition), open_page("/")
    for page in (from_folder, served):
        search(page, "where can i get tested no insurance")
    assert keys(from_folder)
    assert keys(from_folder) == keys(served)


def test_the_static_edition_works_without_script(open_page: NewPage, edition: str) -> None:
    """P21: without script the edition leads from need to need to a number, with no dead form."""
    page = open_page(edition, java_script_enabled=False)
    assert not page.locator("form[data-search]").is_visible()
    page.locator("main a[href*='help/']").first.click()
    assert page.locator("main a[href]").count() > 3
