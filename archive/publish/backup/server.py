"""The settings of the web server that are in use, without what is secret in them."""

import re
from pathlib import Path

from archive.publish.target import RefusedError

MAX_SETTING = 1_000_000
"""Bytes of a file of settings."""
_PID = Path(".server", "nginx.pid")
_CONFIG = re.compile(r" -c (.+?)(?= -\w |\s*$)")
_COMMENT = re.compile(r"#.*")
_NAMED = re.compile(
    r"\b(?:auth_basic_user_file|ssl_certificate|ssl_certificate_key|ssl_password_file|include)"
    r"\s+[\"']?([^;\"'\s]+)[\"']?\s*;"
)
_SECRET = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|^[^\s:#]+:(?:\$|\{\w+\})", re.MULTILINE)
"""A private key, or a line of a password file: a name, a colon, an encrypted password."""


def config_in_use(folder: Path) -> Path | None:
    """The configuration of the nginx that serves the sites published in `folder`; None if none runs."""
    try:
        process = Path("/proc", (folder / _PID).read_text("ascii").strip(), "cmdline")
        # nginx joins its arguments to one text, which names the process.
        called = process.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except (OSError, ValueError):
        return None
    found = _CONFIG.search(called) if "nginx" in called else None
    config = Path(found[1]) if found else None
    return config if config and config.is_absolute() and config.is_file() else None


def read_setting(path: Path) -> bytes:
    """The content of a file of settings; raises RefusedError for a secret, OSError if it cannot be read."""
    if not path.is_file() or path.stat().st_size > MAX_SETTING:
        raise RefusedError(f"{path} 须是服务器的设置文件，不大于 1 MB；请写对文件")
    raw = path.read_bytes()
    if _SECRET.search(raw):
        raise RefusedError(
            f"{path} 里有密码或者私钥，备份里不放；请另外妥善保存，不要写在 --settings 里"
        )
    return raw


def named_files(config: bytes) -> list[str]:
    """The files that a configuration names: passwords, certificates, other settings."""
    return sorted({*_NAMED.findall(_COMMENT.sub("", config.decode("utf-8", "replace")))})
