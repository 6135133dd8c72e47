import pytest

from covgate.measure.install.poetry import poetry_arguments, specifier


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("^1.2.3", ">=1.2.3,<2"),
        ("^0.2.3", ">=0.2.3,<0.3"),
        ("^0.0.3", ">=0.0.3,<0.0.4"),
        ("^0.0", ">=0.0,<0.1"),
        ("^0", ">=0,<1"),
        ("^1", ">=1,<2"),
        ("~1.2.3", ">=1.2.3,<1.3"),
        ("~1.2", ">=1.2,<1.3"),
        ("~1", ">=1,<2"),
        ("1.2", "==1.2"),
        ("1.2.*", "==1.2.*"),
        ("*", ""),
        (">=1.2,<2.0", ">=1.2,<2.0"),
        (">= 1.2, != 1.5", ">=1.2,!=1.5"),
        (">=3.8 <4.0", ">=3.8,<4.0"),
        ("^2.0 || ^3.0", ""),
        ("^1.0b2", ">=1.0b2,<2"),
    ],
)
def test_versions_mean_what_poetry_means_by_them(written: str, meant: str) -> None:
    assert specifier(written) == meant


def test_dependencies_keep_extras_places_and_conditions() -> None:
    found = poetry_arguments(
        {
            "python": "^3.9",
            "coverage": {"version": "^7.0", "extras": ["toml"]},
            "tool": {"git": "https://example.com/tool.git", "tag": "v1"},
            "wheel": {"url": "https://example.com/w.whl"},
            "old": {"version": "*", "python": "<3.10", "markers": "os_name == 'posix'", "platform": "linux"},
            "mine": {"path": "../mine"},
            "left": {"version": "1", "optional": True},
            "two": [{"version": "^1", "python": "<3.9"}, {"version": "^2", "python": ">=3.9"}],
        }
    )
    assert found == (
        "coverage[toml]>=7.0,<8",
        "tool @ git+https://example.com/tool.git@v1",
        "wheel @ https://example.com/w.whl",
        "old ; (python_version < '3.10') and (os_name == 'posix') and (sys_platform == 'linux')",
        "../mine",
        "two>=1,<2 ; (python_version < '3.9')",
        "two>=2,<3 ; (python_version >= '3.9')",
    )
