-- question: what is the first quarter that changes when the submissions $submissions are added or removed?
-- grain: one row
-- columns: period, null when they hold no returns: the quarter in which the first of their periods begins, because a
--   year brings in its quarters; earlier returns of the same form, reporter and period count too,
--   because they are replaced or restored, and so do all rows of a repeated key, because another one may count
with changed as (
    select other.id, other.period * coalesce(f.months, 3) // 3 as period
    from raw."return" own
    join raw."return" other
        on other.form = own.form and other.reporter = own.reporter and other.period = own.period
    left join core.form f on f.code = other.form
    where own.submission in (select unnest($submissions))
), said as (
    select c.period, d.form, d.key, d.first from changed c left join raw.record d on d."return" = c.id
)
select min(least(s.period, coalesce(s.first, s.period), coalesce(o.first, s.period))) as period
from said s
left join core.form f on f.code = s.form and f.until_next and not f.standing
left join raw.record o on o.form = f.code and o.key = s.key;
