"""Rules across records, register and pages: each a generator of problems, its docstring the rule.

In: a `Site`. Out: problems, sorted, each once; a fault in the data is never an exception. `editing` and
every room after it may use it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from archive.checks import (
    approvals,
    attachments,
    attributes,
    compilation,
    criteria,
    duplicates,
    evidence,
    examples,
    honours,
    kinds,
    leaks,
    markdown,
    markup,
    measures,
    numbers,
    pages,
    parts,
    pictures,
    records,
    register,
    regulations,
    releases,
    reports,
)
from archive.facts.site import Site, once
from archive.files.validation import few_suggestions
from archive.files.yaml import Problem, few_of_a_kind
from archive.leaks.text import without_private_numbers

Check = Callable[[Site], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    register.span_runs_forward,
    register.repository_is_whole,
    numbers.phrases_are_needed,
    numbers.phrases_stand_once,
    numbers.phrases_are_no_numbers,
    kinds.retired_kinds_are_not_used,
    records.lie_in_the_archive_period,
    records.stand_in_the_folder_of_their_year,
    records.one_of_two_fields_is_filled,
    records.hours_fit_the_people,
    records.what_is_derived_is_no_larger_than_what_is_filled_in,
    records.lists_fit_a_cell,
    records.evidence_exists,
    records.fields_fit_their_kind,
    records.amounts_bear_the_unit_of_their_kind,
    duplicates.events_are_recorded_once,
    duplicates.other_events_are_alike,
    records.a_year_is_counted_once,
    records.issues_are_numbered_once,
    records.finished_items_have_begun,
    records.references_lead_to_a_record,
    records.attachments_of_records_are_there,
    records.instructions_are_not_quoted,
    records.enterprises_have_no_names,
    register.names_are_distinct,
    register.observations_belong_to_an_indicator,
    register.observations_are_of_different_periods,
    register.definitions_stay_as_reported,
    register.periods_run_forward,
    register.filled_figures_say_where_they_come_from,
    register.values_come_from_one_place,
    register.values_fit_their_rounding,
    register.counting_rules_fit_the_collection,
    register.nothing_is_counted_twice,
    register.approximations_hold,
    register.unknown_values_have_a_mask,
    approvals.signatures_follow_each_other,
    approvals.signatures_are_by_different_posts,
    approvals.signatures_name_posts,
    approvals.values_are_prepared_after_their_period,
    approvals.approvals_state_their_value,
    approvals.values_stay_as_approved,
    approvals.revisions_are_approved,
    approvals.revisions_follow_each_other,
    approvals.revisions_fit_a_cell,
    register.figures_are_used,
    releases.reported_figures_stay_as_they_were,
    releases.reported_figures_stay_in_the_register,
    releases.changes_since_a_report_are_recorded,
    releases.stages_are_signed_once,
    releases.stages_follow_each_other,
    releases.stages_are_signed_by_different_posts,
    releases.stages_are_signed_by_posts,
    releases.signed_releases_exist,
    parts.parts_belong_to_a_whole,
    parts.parts_fit_their_whole,
    pages.macros_are_well_formed,
    attributes.macros_are_not_half_typed,
    pages.macros_follow_no_backslash,
    pages.no_report_holds_itself,
    reports.pages_of_reports_are_there,
    reports.pages_belong_to_a_report,
    reports.reports_are_told_apart,
    reports.reports_say_when_they_were_reported,
    pages.ids_are_known,
    pages.macros_stay_out_of_code,
    pages.blocks_stand_alone,
    pages.macros_lead_to_their_pages,
    pages.units_are_not_typed_again,
    markdown.masks_are_not_typed,
    pages.headings_keep_their_ids,
    pages.a_whole_report_keeps_its_ids,
    pages.pages_are_in_the_navigation,
    pages.links_can_be_read,
    pages.links_lead_somewhere,
    pages.pictures_have_a_text,
    pictures.pictures_can_be_shown,
    pictures.pictures_stand_in_the_text,
    pages.internal_marks_are_exact,
    pages.pages_are_simple,
    pages.addresses_are_unique,
    pages.pages_have_plain_names,
    markdown.marks_have_their_effect,
    markdown.notes_have_their_marks,
    markdown.code_blocks_are_code_blocks,
    markup.html_is_on_the_list,
    markup.headings_leave_the_site_its_ids,
    attributes.attribute_lists_are_on_the_list,
    attributes.attribute_lists_have_their_effect,
    attributes.definitions_stand_alone,
    attributes.links_say_where_they_lead,
    numbers.numbers_are_not_typed,
    honours.dates_follow_each_other,
    honours.terms_fit_their_kind,
    honours.prefixes_are_known,
    honours.certificates_are_there,
    honours.withdrawn_honours_are_not_claimed,
    examples.examples_show_their_record,
    examples.examples_tell_background_practice_and_result,
    examples.examples_name_what_is_recorded,
    examples.example_periods_run_forward,
    examples.consents_are_whole,
    examples.people_are_named_with_their_consent,
    compilation.titles_and_numbers_are_distinct,
    compilation.drafts_are_not_dated,
    compilation.dates_follow_each_other,
    compilation.replacements_agree,
    regulations.articles_run_on,
    regulations.chapters_run_on,
    regulations.articles_have_their_ids,
    regulations.items_run_on,
    regulations.articles_named_are_links,
    regulations.links_say_what_they_lead_to,
    regulations.amendments_name_articles,
    criteria.items_are_told_apart,
    criteria.items_name_a_section_of_the_report,
    evidence.evidence_is_in_the_archive,
    evidence.evidence_is_of_a_kind_asked_for,
    evidence.conditions_fit_the_collection,
    evidence.years_are_those_of_the_archive,
    evidence.pictures_have_captions,
    criteria.statements_are_short,
    criteria.statements_take_numbers_from_the_register,
    measures.tasks_are_recorded_once,
    measures.tasks_done_have_evidence,
    measures.measures_are_those_of_the_report,
    leaks.texts_hold_nothing_private,
    leaks.attachments_hold_nothing_private,
    attachments.attachments_hold_something,
    attachments.attachments_are_not_too_large,
    leaks.names_without_consent_are_not_typed,
    leaks.exceptions_are_needed,
)

DERIVED: tuple[Check, ...] = (
    pages.macros_are_well_formed,
    attributes.macros_are_not_half_typed,
    pages.ids_are_known,
    pages.pages_are_in_the_navigation,
    pages.links_lead_somewhere,
)
"""The rules for a tree derived from another: all others were checked in the tree it was made from."""


MAX_SUGGESTIONS = 1000
"""The most words not known for which one rule looks for the nearest known one."""


@once
def check(site: Site) -> tuple[Problem, ...]:
    """Return every problem of the site, sorted, each once; none quotes a private number in clear."""
    found = set(site.archive.problems)
    for rule in DERIVED if site.archive.edition == "public" or site.archive.release else CHECKS:
        with few_suggestions(MAX_SUGGESTIONS):
            found.update(few_of_a_kind(rule(site)))
    masked = (replace(one, message=without_private_numbers(one.message)) for one in found)
    return tuple(sorted(set(masked)))
