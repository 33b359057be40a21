-- question: what is the first quarter that changes when the submissions $submissions come or go?
-- grain: one row
-- columns: period, null when they hold no returns; earlier returns of the same form, reporter and quarter count too:
--   they are replaced or come back
select min(least(other.period, coalesce(d.first, other.period))) as period
from raw."return" own
join raw."return" other on other.form = own.form and other.reporter = own.reporter and other.period = own.period
left join raw.record d on d."return" = other.id
where own.submission in (select unnest($submissions));
