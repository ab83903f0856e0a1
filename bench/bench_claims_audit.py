"""How long an audit of a large claims file takes, and how much memory.

    python bench/bench_claims_audit.py [ROWS] [THERAPY_SHARE]

Writes a simulated file of a million rows (5 % of them therapy), audits it, prints seconds and peak
memory, and deletes the file. The real file has about ten million rows.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from course.billing.claims import write_claims

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
THERAPY = float(sys.argv[2]) if len(sys.argv) > 2 else 0.05


def main() -> None:
    """Write, audit in a process of its own (its memory is what counts), and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claims.csv"
        start = time.perf_counter()
        write_claims(file, ROWS, therapy_share=THERAPY)
        print(f"written: {ROWS:,} rows, {file.stat().st_size / 1e6:.0f} MB, "
              f"{time.perf_counter() - start:.1f} s")  # fmt: skip
        subprocess.run([sys.executable, "-m", "course", "audit", str(file)], check=True)


if __name__ == "__main__":
    main()
