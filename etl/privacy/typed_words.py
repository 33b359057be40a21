"""What people type into the journal, such as reasons: of limited length, and without personal numbers."""

from base.errors import UserError
from etl.privacy.numbers import hide

LONGEST = 500  # characters; a page's own limit applies in the browser only


def keep_words(words: str, what: str) -> str:
    """Return typed words for storage: stripped, and without personal numbers.

    `what` names the field in error messages. Raises UserError when the text is empty or too long.
    """
    given = words.strip()
    if not given:
        raise UserError(f"请写明{what}。")
    if len(given) > LONGEST:
        raise UserError(f"{what}写了 {len(given):,} 个字，最多 {LONGEST} 个字。请写得短一些。")
    return hide(given)
