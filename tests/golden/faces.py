"""The report's faces: one report for each situation that readers meet."""

from collections.abc import Callable
from dataclasses import replace

from tests.golden.monorepo import component_suite_failed, components, components_passed
from tests.golden.moves import MOVES
from tests.golden.outlook import with_proposal, with_step, with_trend
from tests.golden.plans import with_plan
from tests.golden.values import NO_BASELINE, POLICY, File, comparison, floor, gap, report, rules, suite

from covgate.model.diff import Head
from covgate.model.gap import RankedGap
from covgate.model.policy import Policy, PolicyChange
from covgate.model.ratio import Ratio
from covgate.model.report import Links, Report
from covgate.model.snapshot import LeftOut, MissedArc, PathMapping
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.model.verdict import Conclusion, RuleResult, Status
from covgate.rank.green import fewest_functions

HOSTILE = "@everyone <img src=x> ](http://x) | \n ::error::"

CART = File(
    "src/shop/cart.py",
    91,
    changed=((40, 46), (50, 53)),
    missed=((44, 45), (51, 51), (60, 76)),
    forks=((42, "`if coupon` never True"), (50, "")),
    missed_before=21,
)
REFUND = File(
    "src/shop/payments/refund.py",
    77,
    changed=((14, 19),),
    missed=((18, 18), (70, 71)),
    forks=((14, ""), (16, "`for item in items` never ends early")),
    missed_before=2,
)
CATALOGUE = File("src/shop/catalogue.py", 60, changed=((1, 7),), missed_before=0)
ORDERS = File("src/shop/orders.py", 400, missed=((306, 400),), missed_before=96)
SHOP = (CART, REFUND, CATALOGUE, ORDERS)


def covered(file: File) -> File:
    """The same file with its whole change tested."""
    forks = tuple((line, "") for line, _ in file.forks)
    return replace(file, missed=tuple(pair for pair in file.missed if pair[0] >= 60), forks=forks)


def shop_gaps(passes: bool = True) -> tuple[RankedGap, ...]:
    coupon = MissedArc(42, 44, "`if coupon` never True")
    early = MissedArc(16, 17, "`for item in items` never ends early")
    told = "3 of 11 changed statements never run", coupon.words
    return (
        gap(
            CART.path,
            "Cart.total",
            ((44, 45), (51, 51)),
            11,
            words=told,
            after=Ratio(23, 24),
            partial=(coupon,),
            passes=passes,
        ),
        gap(
            REFUND.path,
            "refund",
            ((18, 18),),
            6,
            words=("1 of 6 changed statements never runs", early.words),
            after=Ratio(21, 24),
            partial=(early,),
        ),
    )


def failed() -> Report:
    of = comparison(SHOP)
    payments = floor("groups.line", "Lines of group", REFUND.now.line, "95", Ratio(75, 77), subject="critical")
    return report(of, (*rules(of), payments), shop_gaps())


def passed() -> Report:
    of = comparison(covered(file) for file in SHOP)
    return report(of, rules(of))


def passed_with_gaps() -> Report:
    of = comparison(SHOP)
    allowed = "4 missed, 5 allowed: 20 of 24 changed statements covered (83.33 %); 90 % required, or at most 5 missed"
    results = tuple(
        replace(rule, status=Status.PASSED, short=0, reason=allowed) if rule.id == "diff.line" else rule
        for rule in rules(of)
    )
    return report(of, results, shop_gaps(passes=False))


def first_run() -> Report:
    of = comparison((replace(file, missed_before=None) for file in SHOP), NO_BASELINE)
    dropped = RuleResult("drop.line", "Project lines against the base", Status.NOT_APPLICABLE, NO_BASELINE.reason)
    return report(of, (*rules(of), dropped), shop_gaps())


def nothing_measurable() -> Report:
    of = comparison((ORDERS,), reason="No Python file changed.")
    idle = RuleResult("diff.line", "Changed lines", Status.NOT_APPLICABLE, of.coverage.reason)
    return report(of, (idle, floor("total.line", "Project lines", of.head.line, "75", Ratio(304, 400))))


def suite_failed() -> Report:
    of = comparison(SHOP)
    failures = (
        TestCase(
            "tests/test_cart.py::test_a_coupon_is_applied_once", Outcome.FAILED, 0.2, "AssertionError: assert 90 == 81"
        ),
        TestCase("tests/test_refund.py::test_refund", Outcome.ERROR, 0.1, "fixture 'gateway' not found"),
    )
    return report(of, rules(of), shop_gaps(), tests=suite(140, 3, failures))


def suite_killed() -> Report:
    of = comparison(SHOP)
    words = "The suite was killed by signal 9 (SIGKILL) after 4 min 10 s: most often the machine ran out of memory."
    return report(of, rules(of), shop_gaps(), tests=SuiteResult(Ending.KILLED, words, "pytest -n auto", -9, 250.0))


def policy_changed() -> Report:
    of = comparison(covered(file) for file in SHOP)
    policy = Policy(
        POLICY.source,
        changes=(PolicyChange("thresholds.diff.line", "90", "60"), PolicyChange("thresholds.file.line", "50", "")),
        exclusions=(PolicyChange("omit", "", "src/shop/orders.py"),),
    )
    return report(of, rules(of), policy=policy)


def unmeasured() -> Report:
    new = File("src/shop/new_report.py", 6, changed=((1, 6),), missed=((1, 6),), unmeasured=True)
    of = comparison((*map(covered, SHOP), new))
    outside = "outside what is measured (src/shop)"
    left_out = (
        LeftOut("docs/conf.py", "`omit` of the base's coverage settings excludes it"),
        *(LeftOut(f"tests/test_{name}.py", outside) for name in ("cart", "catalogue", "orders", "refund", "returns")),
    )
    of = replace(of, coverage=replace(of.coverage, left_out=left_out))
    words = ("none of the 6 changed statements runs", "no test imports this file")
    gaps = (gap(new.path, "", ((1, 6),), 6, words=words, after=Ratio(30, 30), passes=True, unmeasured=True),)
    return report(of, rules(of), gaps, notes=("`mutation` has no effect in covgate 0.1.0.",))


def many_files() -> Report:
    files = [
        File(f"src/shop/generated/module_{n:03}.py", 40, changed=((1, 20),), missed=((3, 4), (9, 9)), missed_before=0)
        for n in range(400)
    ]
    of = comparison(files)
    line = of.coverage.line
    gaps = tuple(
        gap(
            file.path,
            "build",
            ((3, 4), (9, 9)),
            20,
            words=("3 of 20 changed statements never run",),
            after=Ratio(line.covered + 3, line.total),
        )
        for file in files
    )
    return report(of, rules(of), gaps)


def unknown() -> Report:
    of = comparison(covered(file) for file in SHOP)
    group = RuleResult(
        "groups.line",
        "Lines of group",
        Status.UNKNOWN,
        "no measured file matches `src/shop/auth/**`",
        "critical",
        required=rules(of)[0].required,
    )
    return report(of, (*rules(of), group))


def project_short() -> Report:
    of = comparison(covered(file) for file in SHOP)
    return report(of, rules(of, total_line="85"))


def local() -> Report:
    """Before pushing: no pull request, nothing to link to, changes that are not committed."""
    of = comparison(SHOP, head=Head(None, dirty=True))
    mapped = (PathMapping("/home/runner/work/shop/shop/src/shop/cart.py", CART.path),)
    of = replace(of, head=replace(of.head, mapped=mapped))
    return report(of, rules(of), shop_gaps(), links=Links(), pull_request=None)


def unchanged() -> Report:
    """The default branch after a merge, without a rule about the project."""
    of = comparison((ORDERS,), NO_BASELINE, reason="Base and head are the same commit.")
    of = replace(of, diff=replace(of.diff, head=Head(of.diff.base.sha)))
    idle = RuleResult("diff.line", "Changed lines", Status.NOT_APPLICABLE, of.coverage.reason)
    return report(of, (idle,), pull_request=None)


def hostile() -> Report:
    file = File(
        f"src/{HOSTILE}.py",
        10,
        changed=((1, 10),),
        missed=((2, 4),),
        forks=((1, f"`if {HOSTILE}` never True"),),
        missed_before=0,
    )
    of = comparison((file,))
    arc = MissedArc(1, 2, f"`if x == '{HOSTILE}'` never True")
    words = ("3 of 10 changed statements never run", arc.words)
    gaps = (
        gap(file.path, f"f_{HOSTILE}", ((2, 4),), 10, words=words, after=Ratio(10, 10), partial=(arc,), passes=True),
    )
    failures = (
        TestCase(f"tests/test_x.py::test[{HOSTILE}]", Outcome.FAILED, 0.1, f"AssertionError: {HOSTILE} \x1b[31m\u202e"),
    )
    policy = Policy(f"`{HOSTILE}`", (PolicyChange("thresholds.diff.line", HOSTILE, HOSTILE),))
    unjudged = RuleResult(
        "groups.line", "Lines of group", Status.UNKNOWN, f"{HOSTILE} @acme/team #1 www.example.com", HOSTILE
    )
    notes = (f"{HOSTILE} `{HOSTILE}`",)
    return report(of, (*rules(of), unjudged), gaps, tests=suite(3, 0, failures), policy=policy, notes=notes)


def trend() -> Report:
    return with_trend(failed())


def floor_left_behind() -> Report:
    return with_proposal(passed())


def step_coming() -> Report:
    return with_step(passed())


def planned() -> Report:
    report = with_plan(failed())
    first, second = report.gaps
    near = (
        replace(first, tests="tests/test_cart.py", tests_exist=True),
        replace(second, tests="tests/payments/test_refund.py"),
    )
    return replace(report, gaps=near)


def project_short_planned() -> Report:
    """Only the project's total is short: the way out are functions of the whole project."""
    report = with_plan(project_short())
    head, verdict = report.comparison.head, report.verdict
    assert report.plan is not None
    enough_ = fewest_functions(report.project_gaps, head, verdict)
    return replace(report, plan=replace(report.plan, enough=enough_))


def hostile_planned() -> Report:
    """The same with a suite that passes: of a failing run no plan is shown."""
    text = f"```\n</details> ````` {HOSTILE}\n" * 4
    report = hostile()
    judged = replace(report, suite=suite(3, 0), verdict=replace(report.verdict, conclusion=Conclusion.FAILED))
    return with_plan(judged, {f"src/{HOSTILE}.py": text, f"tests/test_{HOSTILE}.py": ""})


FACES: dict[str, Callable[[], Report]] = {
    face.__name__: face
    for face in (
        *MOVES,
        failed,
        passed,
        passed_with_gaps,
        first_run,
        nothing_measurable,
        suite_failed,
        suite_killed,
        policy_changed,
        unmeasured,
        many_files,
        unknown,
        project_short,
        local,
        unchanged,
        hostile,
        components,
        components_passed,
        component_suite_failed,
        trend,
        floor_left_behind,
        step_coming,
        planned,
        project_short_planned,
        hostile_planned,
    )
}

SHORT_FORMS_ONLY = {"many_files"}  # its report.json and summary are what they are in number only
