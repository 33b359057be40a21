-- question: who was expected to report each form in each quarter since $since, and who did?
-- grain: core.expected and core.reported one row per form, quarter and reporter; mart.coverage one per node, form and
--   quarter
-- a standing form (a register, the targets) is expected from the first quarter for which anybody filed it
-- a form of years or half-years is expected in the quarter in which they end; a form of months is reported in a quarter
--   when the returns of all its months are there
-- columns: expected and reported are numbers of returns; reported counts expected reporters only, so it can't exceed it
delete from core.expected where period >= $since;
insert into core.expected
with begun as (
    select f.code as form, min(a.quarter) as since
    from core.form f left join core.active a on a.form = f.code
    where f.standing
    group by f.code
)
select distinct g.form, p.period, l.code, l.node
from core.assigned g
join core.placement l on l.level = g.level and (g.category = '' or g.category = l.category)
join core.period p on p.period >= $since and p.period >= l.first and (l.last is null or p.period <= l.last)
join core.form f on f.code = g.form and (f.months <= 3 or (p.period + 1) * 3 % f.months = 0)
left join begun b on b.form = g.form
where b.form is null or p.period >= b.since
order by p.period, l.node, g.form;

delete from core.reported where period >= $since;
insert into core.reported
with monthly as (
    select a.form, a.period, a.quarter, f.months, d.unit as reporter
    from core.active a join core.form f on f.code = a.form and f.months < 3 join raw.record d on d."return" = a.id
    where f.roster
    union
    select a.form, a.period, a.quarter, f.months, a.reporter
    from core.active a join core.form f on f.code = a.form and f.months < 3
    where not f.roster
), seen as (
    select a.form, a.quarter as period, d.unit as reporter
    from core.active a join core.form f on f.code = a.form and f.months >= 3 join raw.record d on d."return" = a.id
    where f.roster
    union
    select a.form, a.quarter, a.reporter
    from core.active a join core.form f on f.code = a.form and f.months >= 3
    where not f.roster and not f.standing
    union
    select form, quarter, reporter
    from monthly
    group by form, quarter, reporter, months
    having count(distinct period) = 3 // months
    union
    select a.form, p.period, a.reporter
    from core.active a join core.form f on f.code = a.form join core.period p on p.period >= a.quarter
    where f.standing
)
select e.form, e.period, e.reporter, e.node
from core.expected e
join seen s on s.form = e.form and s.period = e.period and s.reporter = e.reporter
where e.period >= $since
order by e.period, e.node, e.form;

delete from mart.coverage where period >= $since;
insert into mart.coverage
select a.ancestor, e.form, e.period, count(*)::integer, count(r.reporter)::integer
from core.expected e
join core.ancestor a on a.node = e.node
left join core.reported r on r.form = e.form and r.period = e.period and r.reporter = e.reporter
where e.period >= $since
group by a.ancestor, e.form, e.period
order by e.period, a.ancestor, e.form;
