"""The engine's reading of Markdown, set as mkdocs.yml sets it."""

from functools import lru_cache

from markdown import Markdown
from mkdocs.config import load_config

from tests.conftest import ROOT


@lru_cache(maxsize=1)
def _settings() -> dict[str, object]:
    config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(ROOT / "overrides"))
    return {"extensions": config.markdown_extensions, "extension_configs": config.mdx_configs}


def rendered(text: str) -> str:
    """The HTML that the engine makes of a text."""
    return str(Markdown(**_settings()).convert(text))
