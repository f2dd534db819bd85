"""Rules for what was reported: it stays as it was, and a figure that has changed since says why."""

from collections.abc import Iterator

from archive.facts.releases import Since, digest, history, in_order
from archive.facts.site import Site
from archive.files.yaml import Problem


def reported_figures_stay_as_they_were(site: Site) -> Iterator[Problem]:
    """What was reported is what its digest was made of."""
    for name, release in in_order(site.archive):
        file = f"releases/{name}"
        if digest(site.archive.documents[file].data) != release.digest:
            rule = "报送数须与报送时一样（校验值不符）；请从 Git 恢复这个文件，更正写在指标登记的 revisions 里"
            yield site.archive.problem(file, rule, "digest")


def reported_figures_stay_in_the_register(site: Site) -> Iterator[Problem]:
    """A figure that was reported, in a number or in words, is kept in the register, if only as a retired one."""
    known = site.archive.ids("figures")
    for name, release in in_order(site.archive):
        for id_, reported in release.figures.items():
            if known and id_ not in known and reported.told:
                message = f"报送过的指标须留在登记里，没有 {id_}（{reported.entry.name}）；不再用的请填停用日期"
                yield site.archive.problem(f"releases/{name}", message, "figures", id_)


def changes_since_a_report_are_recorded(site: Site) -> Iterator[Problem]:
    """A value that differs from the one reported is explained by 修订 or 更正 from the one to the other."""
    for id_, value in site.values.items():
        for one in history(site.archive, site.values, id_):
            if one.since is Since.UNEXPLAINED:
                now = "空" if value.exact is None else f"{value.exact:f}"
                rule = "须记为修订或更正（revisions），从报送的数起，首尾相接"
                message = f"{id_}（{value.figure.name}）与“{one.name}”报送的 {one.reported.value:f} 不同，{rule}，现为 {now}"
                yield site.archive.problem("figures", message, id_, "value")
