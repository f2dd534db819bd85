"""Rules across records, register and pages. Each is a generator of problems; its docstring is the rule."""

from collections.abc import Callable, Iterable

from archive.checks import numbers, pages, phrases, records, register, unit
from archive.site import Site
from archive.source import Problem

Check = Callable[[Site], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    unit.span_runs_forward,
    unit.repository_is_whole,
    phrases.phrases_are_needed,
    phrases.phrases_stand_once,
    records.lie_in_the_archive_period,
    records.stand_in_the_folder_of_their_year,
    records.have_one_length,
    records.hours_fit_the_people,
    records.evidence_exists,
    register.names_are_distinct,
    register.periods_run_forward,
    register.filled_figures_say_where_they_come_from,
    register.values_come_from_one_place,
    register.values_fit_their_rounding,
    register.counting_rules_fit_the_collection,
    register.nothing_is_counted_twice,
    register.approximations_hold,
    register.unknown_values_have_a_mask,
    register.signatures_follow_each_other,
    register.revisions_lead_to_the_value,
    register.figures_are_used,
    pages.macros_are_well_formed,
    pages.the_report_is_whole,
    pages.ids_are_known,
    pages.macros_stay_out_of_code,
    pages.units_are_not_typed_again,
    pages.masks_are_not_typed,
    pages.headings_keep_their_ids,
    pages.pages_are_in_the_navigation,
    pages.links_lead_somewhere,
    numbers.numbers_are_not_typed,
)


def check(site: Site) -> list[Problem]:
    """Every problem of the site, sorted, each once."""
    found = set(site.archive.problems)
    for rule in CHECKS:
        found.update(rule(site))
    return sorted(found)
