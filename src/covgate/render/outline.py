"""The report's parts in the order in which a tired reader needs them."""

from covgate.model.report import Report
from covgate.model.verdict import Conclusion
from covgate.render.changed_tests import tests_section
from covgate.render.changes import files_section, left_out_section
from covgate.render.components import component_sections, components_section
from covgate.render.gaps import gaps_section
from covgate.render.headline import headline, mark, next_step, opening
from covgate.render.indirect import deleted_section, gained_section, lost_section, moved_section, unmapped_section
from covgate.render.origins import counting_section, foot, notes_section, paths_section
from covgate.render.outlook import coming_section, proposals_section
from covgate.render.policies import excluded_section, exclusions_section, policy_section
from covgate.render.project_gaps import plan_section, project_line, project_section
from covgate.render.prose import Prose
from covgate.render.rules import reasons_section, rules_section
from covgate.render.sections import Outline, Section
from covgate.render.suite_results import failures_section, suite_section
from covgate.render.trend.section import trend_section


def outline(report: Report, elsewhere: Prose, *, full: bool = False, brief: bool = False) -> Outline:
    """What is said, in its order: in short for the comment and the terminal, or in full.

    Shape:  `elsewhere` says where rows can be read that had no room; `brief` has no table where all is green, and no
            time: a comment whose text is the same is not sent again.
    """
    failures = failures_section(report, full=full)
    broken = report.verdict.conclusion is Conclusion.ERROR
    tests = Section() if broken else tests_section(report, full=full, timed=not brief)
    sections = (
        Section(text=opening(report)),
        *((failures,) if broken else ()),
        components_section(report, full=full),
        *component_sections(report, full=full),
        rules_section(report, full=full, brief=brief),
        reasons_section(report, full=full),
        coming_section(report),
        proposals_section(report, full=full),
        policy_section(report, full=full),
        exclusions_section(report, full=full),
        excluded_section(report, full=full),
        gaps_section(report, full=full),
        *(() if broken else (failures,)),
        *(() if broken else _elsewhere(report, full=full)),
        files_section(report, full=full),
        left_out_section(report, full=full),
        *_of_the_project(report, full=full, brief=brief),
        tests,
        *(_only_in_full(report) if full else ()),
        trend_section(report),
        notes_section(report, full=full),
        Section(text=next_step(report)),
    )
    said = tuple(section for section in sections if not section.empty)
    return Outline(mark(report), headline(report), said, foot(report, timed=not brief, tests=tests.empty), elsewhere)


def _elsewhere(report: Report, *, full: bool) -> tuple[Section, ...]:
    """What moved beside the change's own lines: of a failing run nothing is told, which moves everything."""
    told = (moved_section(report), lost_section(report, full=full), deleted_section(report, full=full))
    return (*told, gained_section(report, full=full), unmapped_section(report)) if full else told


def _of_the_project(report: Report, *, full: bool, brief: bool) -> tuple[Section, ...]:
    """The whole project's gaps and the plan: one sentence on a terminal, where nothing can be folded."""
    if not (full or brief):
        return (project_line(report),)
    return project_section(report, full=full), plan_section(report, full=full)


def _only_in_full(report: Report) -> tuple[Section, ...]:
    return suite_section(report), paths_section(report), counting_section(report)
