-- question: who was expected to report each form in each quarter since $since, and who did?
-- grain: core.expected and core.reported one row per form, quarter and reporter, of forms of months also one per month;
--   mart.coverage one per node, form and quarter or month
-- a standing form (a register, the targets) is expected from the first quarter for which anybody filed it
-- a form of years or half-years is expected in the quarter in which they end; a form of months of each month at whose
--   end the reporter is open, and reported in a quarter when the returns of all these months are there
-- columns: expected and reported are numbers of returns; reported counts expected reporters only, so it can't exceed it
delete from core.expected
where period >= $since and $since <= case when period < 12000 then period else period // 3 end;
insert into core.expected
with begun as (
    select f.code as form, min(a.quarter) as since
    from core.form f left join core.active a on a.form = f.code
    where f.standing
    group by f.code
), monthly as (
    select distinct g.form, p.period, l.code, l.node
    from core.assigned g
    join core.form f on f.code = g.form and f.months = 1
    join core.month_place l on l.level = g.level and (g.category = '' or g.category = l.category)
    join (select unnest(range(min(period) * 3, max(period) * 3 + 3))::integer as period from core.period) p
        on p.period between l.first and l.last and p.period >= $since * 3
), quarterly as (
    select distinct g.form, p.period, l.code, l.node
    from core.assigned g
    join core.placement l on l.level = g.level and (g.category = '' or g.category = l.category)
    join core.period p on p.period >= $since and p.period >= l.first and (l.last is null or p.period <= l.last)
    join core.form f on f.code = g.form and f.months >= 3 and (p.period + 1) * 3 % f.months = 0
    left join begun b on b.form = g.form
    where b.form is null or p.period >= b.since
)
select form, period, code, node from quarterly
union all
select form, period, code, node from monthly
union
select form, period // 3, code, node from monthly
order by 2, 4, 1;

delete from core.reported
where period >= $since and $since <= case when period < 12000 then period else period // 3 end;
insert into core.reported
with sent as (
    select a.form, a.period, a.quarter, f.months, d.unit as reporter
    from core.active a join core.form f on f.code = a.form join raw.record d on d."return" = a.id
    where f.roster
    union
    select a.form, a.period, a.quarter, f.months, a.reporter
    from core.active a join core.form f on f.code = a.form
    where not f.roster and not f.standing
), seen as (
    select form, case when months = 1 then period else quarter end as period, reporter from sent
    union
    select e.form, e.period // 3, e.reporter
    from core.expected e left join sent s on s.form = e.form and s.period = e.period and s.reporter = e.reporter
    where e.period >= 12000
    group by e.form, e.period // 3, e.reporter
    having count(*) = count(s.reporter)
    union
    select a.form, p.period, a.reporter
    from core.active a join core.form f on f.code = a.form join core.period p on p.period >= a.quarter
    where f.standing
)
select e.form, e.period, e.reporter, e.node
from core.expected e
join seen s on s.form = e.form and s.period = e.period and s.reporter = e.reporter
where e.period >= $since and $since <= case when e.period < 12000 then e.period else e.period // 3 end
order by e.period, e.node, e.form;

delete from mart.coverage
where period >= $since and $since <= case when period < 12000 then period else period // 3 end;
insert into mart.coverage
select a.ancestor, e.form, e.period, count(*)::integer, count(r.reporter)::integer
from core.expected e
join core.ancestor a on a.node = e.node
left join core.reported r on r.form = e.form and r.period = e.period and r.reporter = e.reporter
where e.period >= $since and $since <= case when e.period < 12000 then e.period else e.period // 3 end
group by a.ancestor, e.form, e.period
order by e.period, a.ancestor, e.form;
