"""Unknown wholes: parts of what is no figure known are not blamed: 新发展会员50人，其中农民工会员9人."""

from collections.abc import Iterator, Mapping

from stats.claims.checks import CheckedDraft
from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.phrases.phrase_model import Place

_OF_OTHER_WHOLE = "这是前面那个数的一部分，前面那个数库里没有或认不准，没有核对。"


def parts_of_unknown(
    checked: CheckedDraft, verdicts: Mapping[Place, DataVerdict]
) -> Iterator[tuple[Place, DataVerdict]]:
    """Yield the parts that differ, but are of a whole that is no figure known: 新发展会员50人，其中农民工会员9人."""
    for read in checked.paragraphs:
        for link in read.links:
            if link.name == "subset" and len(link.members) > 1:
                whole, part = (read.phrases[member].place for member in link.members)
                known = verdicts.get(whole, DataVerdict()).agrees is not None
                verdict = verdicts.get(part, DataVerdict())
                if verdict.agrees is False and not known:
                    yield part, DataVerdict(candidates=verdict.candidates, reason=_OF_OTHER_WHOLE)
