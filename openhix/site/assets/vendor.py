"""Copy what our pages use of the design system out of node_modules into openhix/site/static/vendor, and the fonts
of letters and bills into openhix/correspondence/fonts.

Not the 2,000 icons that no style sheet names, nor fonts in formats that every browser has left behind.
"""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "node_modules" / "@uswds" / "uswds"
VENDOR = HERE.parent / "static" / "vendor"
WANTED = (
    "css/*.min.css*",
    "js/*.min.js*",
    "fonts/*/*.woff2",
    "img/*.*",
    "img/usa-icons/*.svg",
    "img/usa-icons-bg/*.svg",
)
FONTS = HERE.parents[1] / "correspondence" / "fonts"
PRINTED = ("Regular", "SemiBold", "Bold")  # of Public Sans; the Noto fonts print names in other scripts


def main() -> None:
    pages()
    paper()


def pages() -> None:
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for pattern in WANTED:
        for source in (PACKAGE / "dist").glob(pattern):
            target = fresh / "uswds" / source.relative_to(PACKAGE / "dist")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    shutil.copyfile(PACKAGE / "LICENSE.md", fresh / "uswds" / "LICENSE.md")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def paper() -> None:
    """Fonts as the typesetter reads them, each beside its licence."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir()
    for weight in PRINTED:
        shutil.copy(PACKAGE / "dist" / "fonts" / "public-sans" / f"PublicSans-{weight}.ttf", FONTS)
    shutil.copyfile(PACKAGE / "LICENSE.md", FONTS / "public-sans.LICENSE.md")
    for noto in sorted((HERE / "node_modules" / "@expo-google-fonts").iterdir()):
        for font in noto.glob("400Regular/*.ttf"):
            shutil.copy(font, FONTS)
        shutil.copyfile(noto / "LICENSE_FONT", FONTS / f"{noto.name}.LICENSE.txt")


if __name__ == "__main__":
    main()
