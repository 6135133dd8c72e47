"""XML from strangers: no entities, no inner DTD, one element at a time."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder  # values only: defusedxml parses

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, iterparse

from covgate.errors import MeasurementError
from covgate.parse.input_format import damaged


class _Parser(DefusedXMLParser):
    """Takes the DOCTYPE line that Cobertura reports carry, and nothing that a DTD could declare."""

    def defused_start_doctype_decl(
        self, name: str, sysid: str | None, pubid: str | None, has_internal_subset: bool
    ) -> None:
        if has_internal_subset:
            super().defused_start_doctype_decl(name, sysid, pubid, has_internal_subset)


def elements(content: bytes, where: str, root: tuple[str, ...], wanted: frozenset[str]) -> Iterator[Element]:
    """The wanted elements, each once it is complete. The root comes last.

    Shape:  an element's content is dropped when the next one is asked for.
    Errors: MeasurementError where the document is not well-formed, declares entities or has another root.
    """
    try:
        yield from _elements(content, where, root, wanted)
    except DefusedXmlException as error:
        raise MeasurementError(
            "the XML declares entities or a document type of its own, which reports do not need",
            where=where,
            hint="covgate does not read such files; make the report with coverage.py or gcovr.",
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise damaged(where, f"the XML is not well-formed or cut short ({error})") from error


def _elements(content: bytes, where: str, root: tuple[str, ...], wanted: frozenset[str]) -> Iterator[Element]:
    parser = _Parser(target=TreeBuilder(), forbid_dtd=True)
    last: Element | None = None
    for _, element in iterparse(BytesIO(content), parser=parser):
        last = element
        if element.tag in wanted:
            yield element
            element.clear()
    if last is None or last.tag not in root:
        raise damaged(where, f"the XML's root is {getattr(last, 'tag', '')!r} and not {' or '.join(root)}")
    if last.tag not in wanted:
        yield last


def first_line(text: str | None) -> str:
    """The first line that is not blank, cut to what a table can hold."""
    return next((line.strip()[:200] for line in (text or "").splitlines() if line.strip()), "")
