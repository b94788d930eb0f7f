"""From the address to the picture moving: a phone, 10 Mbit/s, 40 ms away, its processor four times slower.

The app stands behind nginx, which compresses, as `deploy/` serves it; each visit comes with an empty cache.
"""

from playwright.sync_api import Browser

from tests.benchmarks.browser import chromium
from tests.benchmarks.crowd import behind_nginx
from tests.benchmarks.report import print_report, spread

RUNS = 7
SLOWER = 4
NETWORK = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
# The count of misplaced points is written with each frame that is drawn. The picture first stands in the
# document, then on its page; its longest pause until 3 seconds after the page has taken it is measured too.
_WATCH = """() => {
  let last = 0, taken = 0;
  window.pause = 0;
  const look = (now) => {
    const hosts = document.querySelectorAll("#first div, .st-key-home_line *");
    const host = [...hosts].find((node) => node.shadowRoot);
    if (host?.shadowRoot.querySelector(".machine b")?.textContent) {
      window.moving ??= performance.now();
      if (last) window.pause = Math.max(window.pause, now - last);
      last = now;
      if (!document.getElementById("first")) window.taken = taken ||= now;
    }
    if (!taken || now - taken < 3000) requestAnimationFrame(look);
    else window.over = true;
  };
  requestAnimationFrame(look);
}"""


def visit(browser: Browser, address: str, slower: float) -> tuple[float, float, float, float]:
    """Milliseconds to the moving picture, to its page, of its longest pause; bytes by the first of these."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(f"({_WATCH})()")
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    received = []
    tools.on("Network.dataReceived", lambda event: received.append(event["encodedDataLength"]))
    tools.send("Network.emulateNetworkConditions", NETWORK)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address, wait_until="commit")
    moving = page.wait_for_function("window.moving", polling=50).json_value()
    size = sum(received)
    page.wait_for_function("window.over")
    taken, pause = page.evaluate("[window.taken, window.pause]")
    context.close()
    return moving, taken, pause, size


def main() -> None:
    with behind_nginx(1) as (address, _), chromium() as browser:
        visit(browser, address, 1)  # the first visit fills the caches of server and door
        slow = [visit(browser, address, SLOWER) for _ in range(RUNS)]
        quick = [visit(browser, address, 1) for _ in range(RUNS)]
    print_report(
        what="address to the picture moving, to its page, its longest pause, ms, 10 Mbit/s and 40 ms;"
        " processor as it is and 4 times slower",
        limit_ms=2500,
        slower_ms=[spread(list(of)) for of in zip(*slow, strict=True)][:3],
        as_it_is_ms=[spread(list(of)) for of in zip(*quick, strict=True)][:3],
        kilobytes=spread([size / 1e3 for *_, size in slow], 0),
    )


if __name__ == "__main__":
    main()
