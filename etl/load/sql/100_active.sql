-- question: which returns count, and which of their rows?
-- grain: one row per return in force: the latest complete one of its form, reporter and period, all its sheets, and
--   the supplements to it (补报); core.overridden one row per row whose key occurs again in a supplement
-- columns: id, submission, form, reporter, period, quarter (in which the period ends); a register repeats rows on purpose, so none of them is overridden
delete from core.active;
insert into core.active
with whole as (
    select form, reporter, period, max(submission) as submission
    from raw."return"
    where act <> 'supplement'
    group by form, reporter, period
)
select r.id, r.submission, r.form, r.reporter, r.period, ((r.period + 1) * coalesce(f.months, 3) - 1) // 3
from raw."return" r
left join core.form f on f.code = r.form
left join whole w on w.form = r.form and w.reporter = r.reporter and w.period = r.period
where w.submission is null or r.submission >= w.submission;

delete from core.overridden;
insert into core.overridden
with several as (
    select a.form, a.reporter, a.period
    from core.active a join core.form f on f.code = a.form and not f.until_next
    group by a.form, a.reporter, a.period
    having count(*) > 1
)
select d.id
from several s
join core.active a on a.form = s.form and a.reporter = s.reporter and a.period = s.period
join raw.record d on d."return" = a.id
qualify row_number() over (partition by a.form, a.reporter, a.period, d.key order by a.submission desc, d.id desc) > 1;

delete from core.period;
insert into core.period
with returned as (
    -- a year or half-year begins before the quarter in which it ends
    select min(least(a.quarter, a.period * coalesce(f.months, 3) // 3)) as first, max(a.quarter) as last
    from core.active a left join core.form f on f.code = a.form
    where not coalesce(f.totals, false)
), own as (
    -- own totals of earlier times make no returns due
    select max(d.first) as last
    from core.form f join core.active a on a.form = f.code join raw.record d on d."return" = a.id
    where f.totals
)
select unnest(range(r.first, greatest(r.last, coalesce(o.last, r.last)) + 1)) from returned r, own o;
