"""The tables of the journal. A column that is added later has a default, so that an older journal goes on."""

from sqlalchemy import Column, Engine, ForeignKey, Integer, MetaData, String, Table, Text, inspect, text
from sqlalchemy.schema import CreateColumn

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


def prepare(engine: Engine) -> None:
    """Make the tables; give a journal of an earlier version what came later, and leave what stands in it as it is."""
    METADATA.create_all(engine)
    present = {table: {column["name"] for column in inspect(engine).get_columns(table)} for table in METADATA.tables}
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if column.name not in present[table.name]:
                spelled = CreateColumn(column).compile(dialect=engine.dialect)
                with engine.begin() as connection:
                    connection.execute(text(f"alter table {table.name} add column {spelled}"))
