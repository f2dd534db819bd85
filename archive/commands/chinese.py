"""The Chinese translation of click's own messages and help texts."""

from click import core, decorators, exceptions, formatting, parser, types

WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "显示这份说明。",
    "Error: {message}": "{message}",
    "Try '{command} {option}' for help.": "写法见 .venv/bin/{command} {option}。",
    "Aborted!": "已中止。",
    "Missing command.": "须写明命令，现在没有",
    "No such command {name!r}.": "须是已有的命令，没有 {name}",
    "No such option {name!r}.": "须是已有的选项，没有 {name}",
    "Did you mean {possibility}?": "（是否为 {possibility}？）",
    "(Did you mean one of: {possibilities}?)": "（是否为 {possibilities} 之一？）",
    "Missing argument": "须写明",
    "Missing option": "须写明",
    "Choose from:\n\t{choices}": "可用：{choices}",
    "Got unexpected extra argument ({args})": "多写了 {args}",
    "Got unexpected extra arguments ({args})": "多写了 {args}",
    "Option {name!r} requires an argument.": "{name} 后面须写明内容，现在没有",
    "Option {name!r} does not take a value.": "{name} 后面不写内容",
    "Invalid value for {param_hint}: {message}": "{param_hint} {message}",
    "{value!r} is not one of {choices}.": "须为 {choices} 之一，现为 {value!r}",
    "{value!r} is not a valid {number_type}.": "须为整数，现为 {value!r}",
    "{value} is not in the range {range}.": "须在 {range} 之内，现为 {value}",
    "{value!r} does not match the format {format}.": "须写作 2023-01-02 的样子，现为 {value!r}",
    "{name} {filename!r} does not exist.": "须是已有的{name}，没有 {filename}",
    "{name} {filename!r} is a file.": "须是目录，{filename} 是文件",
    "{name} {filename!r} is a directory.": "须是文件，{filename} 是目录",
    "{name} {filename!r} is not readable.": "{filename} 须能读取，现在不能",
    "{name} {filename!r} is not writable.": "{filename} 须能写入，现在不能",
    "file": "文件",
    "directory": "目录",
    "path": "文件或目录",
}
"""Text of click → its translation."""


def translate_click() -> None:
    """Replace the gettext functions in the modules of click by ones that look up `WORDS`."""

    def translated(text: str) -> str:
        return WORDS.get(text, text)

    def counted(single: str, several: str, count: int) -> str:
        return translated(single if count == 1 else several)

    for module in (core, decorators, exceptions, formatting, parser, types):
        names = vars(module)
        names.update(
            {
                name: ours
                for name, ours in (("_", translated), ("ngettext", counted))
                if name in names
            }
        )
