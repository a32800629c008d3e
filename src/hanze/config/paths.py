"""Where Hanze's own data files and an organisation's files live."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent


def shared(name: str) -> Path:
    """Folder `name` that comes with Hanze: inside the installed package, or at the top of a checkout."""
    installed = PACKAGE / "share" / name
    return installed if installed.exists() else CHECKOUT / name
