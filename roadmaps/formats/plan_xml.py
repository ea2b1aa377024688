"""Plans in XML: read once with every defence, then given to the reader of their form."""

from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from core.errors import DomainError
from core.i18n import Term
from roadmaps.domain.errors import PlanFileError
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.mspdi import NAMESPACE
from roadmaps.formats.mspdi_read import read_mspdi
from roadmaps.formats.pmxml_read import read_pmxml

LIMIT_BYTES: Final = 40 * 10**6
_PRIMAVERA: Final = "APIBusinessObjects"


def read_xml(data: bytes) -> PlanFile:
    """Read a project of Microsoft Project (MSPDI) or of Primavera P6 (PMXML).

    Raises
    ------
    PlanFileError
        With `reason`: too big, no XML or one with entities or a document type, neither of the
        two forms, a value of another kind (`place` names it).
    DuplicateTaskError
        If two tasks have one number.
    TooManyTasksError
        If there are more tasks than a plan may hold.
    """
    if len(data) > LIMIT_BYTES:
        raise PlanFileError(reason=Term("plan_file.too_big_xml"), place="")
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise PlanFileError(reason=Term("plan_file.not_xml"), place="") from None
    name = root.tag.rpartition("}")[2]
    try:
        if root.tag == f"{{{NAMESPACE}}}Project":
            return read_mspdi(root)
        if name == _PRIMAVERA:
            return read_pmxml(root)
    except DomainError:
        raise
    except (TypeError, ValueError, KeyError, OverflowError, RecursionError) as error:
        raise PlanFileError(reason=Term("plan_file.wrong"), place=str(error)[:80]) from None
    raise PlanFileError(reason=Term("plan_file.other_xml"), place=name[:40])
