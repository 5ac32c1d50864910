"""The atlas in WebKit, the engine of Safari: small States are drawn, and the way back works.

Run by `-m browser` alone, with Debian's webkit2gtk-driver and a display such as that of
xvfb-run, selenium and pillow; .ci/browser installs all four.
"""

import glob
import io
import math
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from asking import bundled
from rcpref.export.atlas import atlas
from rcpref.export.pictures.svg import palette

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="pip install selenium")
    options = pytest.importorskip("selenium.webdriver.webkitgtk.options").Options()
    service = pytest.importorskip("selenium.webdriver.webkitgtk.service").Service
    found = shutil.which("WebKitWebDriver")
    if found is None:
        pytest.skip("apt-get install --no-install-recommends webkit2gtk-driver xvfb")
    options.binary_location = glob.glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")[0]
    options.add_argument("--automation")
    opened = webdriver.WebKitGTK(options=options, service=service(found))
    opened.set_window_size(1280, 900)
    yield opened
    opened.quit()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    place: Path = tmp_path_factory.mktemp("webkit") / "atlas.html"
    place.write_bytes(atlas(bundled()))
    return place.as_uri()


def go(driver: Any, address: str) -> None:
    driver.get("about:blank")
    driver.get(address)
    assert driver.execute_script("return document.documentElement.dataset.ready") == "yes"


def arrived(driver: Any, there: Callable[[], bool]) -> None:
    """Wait until the page is there: a way back takes its time on a busy machine."""
    wait = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait
    wait(driver, 10).until(lambda _: there())


DOTS = """const map = document.querySelector('.page.on .map');
return [...map.querySelectorAll('use[href^="#m-"]')].map((use) => {
  const dot = document.querySelector(use.getAttribute('href') + ' .dot');
  const [x, y] = dot.getAttribute('d').match(/[\\d.]+/g).map(Number);
  const [across, down] = ['x', 'y'].map((name) => Number(use.getAttribute(name) || 0));
  const at = new DOMPoint(x + across, y + down).matrixTransform(map.getScreenCTM());
  return [use.getAttribute('href').slice(3), use.getAttribute('class'), at.x, at.y];
});"""


@pytest.mark.parametrize("key", ["cmc", "pidc", "bali-process", "rabat-process"])
def test_small_states_are_drawn(driver: Any, home: str, key: str) -> None:
    image = pytest.importorskip("PIL.Image", reason="pip install pillow")
    go(driver, f"{home}#{key}")
    dots = driver.execute_script(DOTS)
    shown = image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")
    apart = [
        (code, sign, x, y)
        for code, sign, x, y in dots
        if all(math.dist((x, y), other[2:]) > 14 for other in dots if other[0] != code)
    ]
    assert apart
    for code, sign, x, y in apart:
        red, green, blue = shown.getpixel((round(x), round(y)))
        assert f"#{red:02x}{green:02x}{blue:02x}" == palette()[sign], code


def test_who_goes_back_finds_the_place_again(driver: Any, home: str) -> None:
    go(driver, f"{home}#rabat-process@2013")
    assert driver.title == "Rabat Process, in 2013 · RCP atlas"
    link = driver.find_element("css selector", ".page.on .who tbody a[href^='#TUN']")
    middle = "arguments[0].scrollIntoView({ block: 'center' }); return scrollY"
    place = driver.execute_script(middle, link)
    link.click()
    arrived(driver, lambda: driver.title == "Tunisia, in 2013 · RCP atlas")
    driver.back()
    arrived(driver, lambda: driver.title == "Rabat Process, in 2013 · RCP atlas")
    assert place > 200
    arrived(driver, lambda: driver.execute_script("return scrollY") == place)
