"""What a process holds, and gives back."""

import subprocess
import sys

from tests.conftest import ROOT

# Small blocks with one in a hundred kept: the others are free, but glibc keeps them.
FREED = """
import ctypes, re, time
from pathlib import Path
from dashboard.ui import warm

def held():
    return int(re.search(r"VmRSS:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

warm._EVERY = 0.2
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
blocks = [libc.malloc(20_000) for _ in range(4000)]
for block in blocks:
    ctypes.memset(block, 1, 20_000)
for k, block in enumerate(blocks):
    if k % 100:
        libc.free(block)
before = held()
warm.give_back_memory()
end = time.monotonic() + 20
while held() > before - 50 and time.monotonic() < end:
    time.sleep(0.1)
print(round(before - held()))
"""


def test_what_was_freed_is_given_back_to_the_machine():
    done = subprocess.run([sys.executable, "-c", FREED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 50
