-- question: which rows are in force twice: in a ledger in any quarter, in a roster in the same one?
-- grain: one row per key and pair of returns
-- columns: key, names of the two files; a register repeats rows on purpose and is left out
with row_in_force as (
    select d.form, d.key, a.id, a.submission, case when f.roster then a.period end as period
    from core.active a
    join core.form f on f.code = a.form
    join core.record d on d."return" = a.id
    where not f.until_next
)
select distinct one.key, s.name, t.name
from row_in_force one
join row_in_force other on other.form = one.form and other.key = one.key
    and other.period is not distinct from one.period and other.id > one.id
join raw.submission s on s.id = one.submission
join raw.submission t on t.id = other.submission
order by all;
