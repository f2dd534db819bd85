"""Why the system would not read or write a file, in words for editors."""

from errno import (
    EACCES,
    EDQUOT,
    EEXIST,
    EISDIR,
    ELOOP,
    ENOENT,
    ENOSPC,
    ENOTDIR,
    EPERM,
    EROFS,
    ESPIPE,
)

_DENIED = "没有权限，或者正被别的程序打开"
_WORDS = {
    ENOENT: "没有这个文件或目录",
    ENOTDIR: "没有这个文件或目录",
    EEXIST: "已有同名的文件或目录",
    EISDIR: "是目录，不是文件",
    EACCES: _DENIED,
    EPERM: _DENIED,
    EROFS: "此处只能读取",
    ENOSPC: "没有空间",
    EDQUOT: "没有空间",
    ESPIPE: "是管道或者设备，不是文件",
    ELOOP: "路径里有通到别处的链接",
}


def os_error_text(error: OSError) -> str:
    """The cause of an error in Chinese if it is a usual one, else as the system calls it."""
    return _WORDS.get(error.errno or 0, error.strerror or str(error))
