"""Scripts out of the pages into files: run in the same place and order, one file for each."""

from hashlib import sha256
from pathlib import Path

from archive.build.scripts import move_scripts


def test_scripts_move_to_files_and_nothing_else_changes(tmp_path: Path) -> None:
    pages = {
        "index.html": "<p>a</p><script>var a = 1\n</script>中<script>b()</script>",
        "a/b/index.html": "<script>b()</script>",
        "404.html": "<script>b()</script>",
        "c.html": '<script src="x.js"></script><script type="application/json">{}</script>'
        "<pre>&lt;script>b()&lt;/script></pre>",
        "d.html": "",
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "gbk.html").write_bytes("<i>统</i><script>b()</script>".encode("gbk"))
    move_scripts(tmp_path, [sha256(script).hexdigest() for script in (b"var a = 1\n", b"b()")])
    first, second = "inline.998ceaa9.js", "inline.71fdb8d8.js"
    folder = tmp_path / "assets" / "javascripts"
    written = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert written == {first: "var a = 1\n\n", second: "b()\n"}

    def script(name: str, root: str) -> str:
        return f'<script src="{root}assets/javascripts/{name}"></script>'

    assert {name: (tmp_path / name).read_text("utf-8") for name in pages} == {
        "index.html": f"<p>a</p>{script(first, '')}中{script(second, '')}",
        "a/b/index.html": script(second, "../../"),
        "404.html": script(second, "/"),
        "c.html": pages["c.html"],
        "d.html": "",
    }
    assert (tmp_path / "gbk.html").read_bytes() == f"<i>统</i>{script(second, '')}".encode("gbk")


def test_scripts_that_are_not_the_themes_stay(tmp_path: Path) -> None:
    own = '__md_scope=new URL("../x/..",location)'
    page = f"<p>a</p><script>alert()</script><script>{own}</script>"
    (tmp_path / "index.html").write_text(page, "utf-8")
    move_scripts(tmp_path)
    assert (tmp_path / "index.html").read_text("utf-8") == page


def test_the_way_to_the_root_is_told_from_the_script_the_same_for_every_page(
    tmp_path: Path,
) -> None:
    for name, way in {"index.html": ".", "a/b/index.html": "../.."}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f'<script>a=new URL("{way}",location)</script>', "utf-8")
    move_scripts(tmp_path, [sha256(b'a=new URL("",location)').hexdigest()])
    (script,) = (tmp_path / "assets" / "javascripts").iterdir()
    assert script.read_text("utf-8") == 'a=new URL("../..",document.currentScript.src)\n'
    for name, way in {"index.html": "", "a/b/index.html": "../../"}.items():
        moved = f'<script src="{way}assets/javascripts/{script.name}"></script>'
        assert (tmp_path / name).read_text("utf-8") == moved
