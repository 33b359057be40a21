-- question: of the rows that tell of one key again and again, which comes after which?
-- grain: one row a row of a form in which the next row of a key ends the one before
-- columns: record, place (1 for the key's first), next (the quarter in which the row after it begins; null for the last)
-- What a register says holds from its own day on, so the day goes first, then the quarter it was told in. A ledger of
-- quarters tells anew how a matter stands, under the day on which it began, so the quarter goes first. Only then counts
-- which of two was filed later; the order of rows in a sheet decides nothing that was not asked about.
delete from core.told;
insert into core.told
select d.id, row_number() over told, lead(d.first) over told
from raw.record d
join core.active a on a.id = d."return"
join core.form f on f.code = d.form and f.until_next
window told as (
    partition by d.form, d.key
    order by case when f.standing then d.day end nulls first, a.period, d.day nulls first, a.submission, d.id);
