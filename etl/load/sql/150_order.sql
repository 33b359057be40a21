-- question: in which order do the rows with the same key follow each other?
-- grain: one row per row of a form in which the next row of a key ends the previous one
-- columns: record, place (1 for the key's first), next (the quarter in which the row after it begins; null for the
--   last)
-- A register row is valid from its own day on, so the day takes precedence over the quarter of the return. A quarterly
-- ledger repeats the state of a matter under the day on which it began, so there the quarter takes precedence. After
-- that the later filing wins; the order of rows in a sheet decides only what a person was asked about and confirmed.
delete from core.told;
insert into core.told
select d.id, row_number() over told, lead(d.first) over told
from raw.record d
join core.active a on a.id = d."return"
join core.form f on f.code = d.form and f.until_next
window told as (
    partition by d.form, d.key
    order by case when f.standing then d.day end nulls first, a.quarter, d.day nulls first, a.submission, d.id);
