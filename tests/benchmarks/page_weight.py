"""What each page weighs on the wire, and when it can be used: 10 Mbit/s, 40 ms, processor 4 times slower.

The app is served as `streamlit run` does, without a proxy; each visit comes with an empty cache.
"""

from collections import Counter

from playwright.sync_api import Browser

from dashboard.shell import PAGES
from tests.benchmarks.browser import chromium
from tests.benchmarks.front_page import NETWORK, SLOWER
from tests.benchmarks.report import print_report
from tests.conftest import serving

# A control of Streamlit's or, in a shadow, of a component's.
_WATCH = """() => {
  const look = () => {
    const usual = document.querySelectorAll(
      "[data-testid=stMain] :is(button, input, [role=radio], [role=slider])"
    );
    const every = [...document.querySelectorAll("*")];
    const shadows = every.filter((node) => node.shadowRoot?.querySelector("button"));
    if ([...usual, ...shadows].some((node) => node.offsetParent)) window.usable = performance.now();
    else setTimeout(look, 50);
  };
  setTimeout(look, 50);
}"""


def visit(browser: Browser, address: str, slow: bool) -> tuple[float, float, float]:
    """Megabytes, seconds to the first control and seconds until all is drawn."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(f"({_WATCH})()")
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    received: Counter[str] = Counter()
    tools.on("Network.dataReceived", lambda e: received.update(files=e["encodedDataLength"]))
    # Frames are told as base64.
    tools.on(
        "Network.webSocketFrameReceived",
        lambda e: received.update(socket=len(e["response"]["payloadData"]) * 3 // 4),
    )
    if slow:
        tools.send("Network.emulateNetworkConditions", NETWORK)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    usable = page.wait_for_function("window.usable", polling=50).json_value()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", polling=50)
    drawn = page.evaluate("performance.now()")
    context.close()
    return received.total() / 1e6, usable / 1e3, drawn / 1e3


def main() -> None:
    report: dict[str, object] = {"what": "megabytes; seconds to the first control, until all is drawn"}
    with serving() as app, chromium() as browser:
        for page in PAGES:
            visit(browser, f"{app}/{page.slug}", slow=False)  # the first visit loads what the page needs
            found = visit(browser, f"{app}/{page.slug}", slow=True)
            report[page.slug] = [round(value, 2) for value in found]
    print_report(**report)


if __name__ == "__main__":
    main()
