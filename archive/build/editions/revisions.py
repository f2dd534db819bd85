"""Which figures the public edition shows without their revisions, though it shows their number.

The number before a revision is a sum over the records of another day, which no equation of the audit
knows. What it differs by may be one hidden record: 72 activities become 73, hours are 4 more.
"""

from archive.build.editions.primary import inner_conditions, suppression_threshold
from archive.build.editions.suppression import suppression
from archive.facts.figures import Value
from archive.facts.site import Site, once
from archive.schema.fields import fields


@once
def without_revisions(site: Site) -> frozenset[str]:
    """Ids of the public figures whose revisions are left out.

    These are counted from a collection some of whose records are hidden or are not known, as a
    record that was deleted or is of another kind now may be hidden as well; or they count by an internal
    field, which one record more or less would tell of it; or they sum people and changed by fewer than
    the suppression threshold.
    """
    found = suppression(site)
    hidden = {name for name, _ in found.records} | site.archive.partial
    return frozenset(
        id_
        for id_, value in site.values.items()
        if id_ not in found.figures
        and value.figure.revisions
        and (rule := value.figure.counted)
        and (
            rule.collection in hidden
            or inner_conditions(site, value.figure)
            or _by_few(site, value)
        )
    )


def _by_few(site: Site, value: Value) -> bool:
    """Whether a sum of people changed by some, but fewer than are public."""
    rule = value.figure.counted
    if rule is None or not rule.field:
        return False
    field = fields(site.archive.collections[rule.collection].model).get(rule.field)
    if not value.figure.counts_people and (field is None or not field.counts_people):
        return False
    least = suppression_threshold(site)
    changes = (abs(one.new - one.old) for one in value.figure.revisions)
    return any(least is None or change < least for change in changes)
