"""Every table of the journal's database: what people did, who may sign in, which figures went into papers.

A column added later needs a default, so that an older journal stays valid. Credentials are stored as hashes only:
passwords and recovery codes by argon2id, the long random session tokens by sha256. Only the secret of a second factor
is kept as it is, because the codes are worked out from it.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, MetaData, String, Table, Text, false

JOURNAL_VERSION = 4  # 1 had no audit and no version, 2 knew confirmations by the words of findings, 3 one catalogue
LONGEST_VIEW_NAME = 40  # characters
METADATA = MetaData()

received = Table(
    "received",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("sha", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False, server_default=""),
)
outcome = Table(
    "outcome",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("seq", Integer, ForeignKey("received.seq"), nullable=False, index=True),
    Column("what", String(16), nullable=False),
    Column("build", Integer),
    Column("at", String(32), nullable=False),
    Column("findings", Text, nullable=False),
    Column("returns", Text, nullable=False, server_default="[]"),
    Column("who", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("shapes", Text, nullable=False, server_default="[]"),
    Column("acts", Text, nullable=False, server_default="[]"),
)
confirmation = Table(
    "confirmation",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("seq", Integer, ForeignKey("received.seq"), nullable=False, index=True),
    Column("rule", String(64), nullable=False),
    Column("about", Text, nullable=False),
    Column("column", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("choice", Text, nullable=False, server_default=""),
    Column("stands", Text, nullable=False, server_default=""),
)
confirmed_values = Table(  # what confirmations of an earlier version hold for: their own rows are sealed
    "confirmed_values",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("confirmation", Integer, ForeignKey("confirmation.id"), nullable=False, index=True),
    Column("stands", Text, nullable=False),
)
matching = Table(
    "matching",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("seq", Integer, ForeignKey("received.seq"), nullable=False, index=True),
    Column("reporter", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("column", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

frozen = Table(
    "frozen",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("scheme", Text, nullable=False, index=True),
    Column("cutoff", String(10), nullable=False),
    Column("build", Integer, nullable=False),
    Column("scores", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("catalogue", Integer, nullable=False, server_default="0"),
)
objection = Table(
    "objection",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("scheme", Text, nullable=False, index=True),
    Column("unit", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
objection_answer = Table(
    "objection_answer",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("objection", Integer, ForeignKey("objection.id"), nullable=False, index=True),
    Column("upheld", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
kept_total = Table(  # whose number counts where an organisation's own total and those below it are both there
    "kept_total",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("unit", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("period", Integer, nullable=False),
    Column("keep", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
wording_choice = Table(  # which indicator a wording of drafts means, where it can be several
    "wording_choice",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("wording", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
catalogue_version = Table(  # what a county declared itself, whole, with every publication
    "catalogue_version",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("packs", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("changes", Text, nullable=False),
)
catalogue_draft = Table(  # what somebody has changed and not published
    "catalogue_draft",
    METADATA,
    Column("account", Integer, ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("after", Integer, nullable=False),
    Column("edits", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

version = Table(
    "journal_version",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
)
audit = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("clock", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("verb", String(32), nullable=False),
    Column("about", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("reached", Text, nullable=False),
    Column("seal", String(64), nullable=False),
    Column("before", String(64), nullable=False),
    Column("sha", String(64), nullable=False),
)

account = Table(
    "account",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("shown", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("area", String(64), nullable=False, server_default=""),
    Column("password", Text, nullable=False, server_default=""),
    Column("must_change", Boolean, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("made_at", Integer, nullable=False),
    Column("subject", String(64), nullable=False, server_default=""),
    Column("second_factor", Boolean, nullable=False, server_default=false()),
    Column("declares", Boolean, nullable=False, server_default=false()),
)
session = Table(
    "session",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("account", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("how", String(16), nullable=False),
    Column("browser", Text, nullable=False),
    Column("address", String(64), nullable=False),
    Column("began", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("proved", Boolean, nullable=False, server_default=false()),
)
second_factor = Table(
    "second_factor",
    METADATA,
    Column("account", Integer, ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("secret", String(64), nullable=False),
    Column("used", Integer, nullable=False),
)
recovery_code = Table(
    "recovery_code",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("hash", Text, nullable=False),
)
known_browser = Table(
    "known_browser",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("account", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("at", Integer, nullable=False),
)
sent_by = Table(
    "sent_by",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("account", Integer, ForeignKey("account.id"), nullable=False),
    Column("area", String(64), nullable=False),
)

figure = Table(
    "figure",
    METADATA,
    Column("ref", String(16), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("span", String(24), nullable=False),
    Column("build", Integer, nullable=False),
    Column("built_at", String(LONGEST_VIEW_NAME), nullable=False),
    Column("value", Float),
    Column("text", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("catalogue", Integer, nullable=False, server_default="0"),
)
paper = Table(
    "paper",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("title", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
figure_use = Table(
    "figure_use",
    METADATA,
    Column("paper", Integer, ForeignKey("paper.id"), primary_key=True),
    Column("ref", String(16), ForeignKey("figure.ref"), primary_key=True),
    Column("printed", Text, nullable=False),
)
speech_use = Table(  # a paper that was marked final: for which occasion and day
    "speech_use",
    METADATA,
    Column("paper", Integer, ForeignKey("paper.id"), primary_key=True),
    Column("occasion", Text, nullable=False),
    Column("held_on", String(10), nullable=False),
)

saved_view = Table(
    "saved_view",
    METADATA,
    Column("name", String(LONGEST_VIEW_NAME), primary_key=True),
    Column("address", Text, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
