"""The codes of rules that other modules than the one that tells them go by."""

PERSONAL_DATA, UNKNOWN_FORM, MISSING_COLUMN = "personal_data", "unknown_form", "missing_column"
BAD_VALUE, EMPTY, UNIT_SLIP, OUT_OF_LINE = "bad_value", "empty", "unit_slip", "out_of_line"
# what a later register of organisations may set right
REGISTER_RULES = frozenset(
    {"unknown_reporter", "closed_reporter", "unknown_unit", "closed_unit", "foreign_unit", "wrong_level"}
)
