"""The engine's reading of Markdown, set as the program sets it."""

from functools import lru_cache

from markdown import Markdown
from mkdocs.config import load_config

from archive.files.own_files import OWN_SETTINGS, TEMPLATES


@lru_cache(maxsize=1)
def _settings() -> dict[str, object]:
    config = load_config(str(OWN_SETTINGS), site_name="样例", docs_dir=str(TEMPLATES))
    return {"extensions": config.markdown_extensions, "extension_configs": config.mdx_configs}


def rendered(text: str) -> str:
    """The HTML that the engine makes of a text."""
    return str(Markdown(**_settings()).convert(text))
