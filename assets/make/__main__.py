"""`python assets/make`: draw every picture anew."""

import runpy
from pathlib import Path

for script in sorted(Path(__file__).parent.glob("draw_*.py")):
    print(script.stem)
    runpy.run_path(str(script), run_name="__main__")
