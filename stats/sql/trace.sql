-- question: which cells does the indicator's value for $unit in the quarters $first to $last come from?
-- grain: one row per cell and quarter in which it counts
-- columns: submission (sha256), name and file of the original, sheet, row, column, raw, value, unit, unit_name, period,
--   item; for a rate of two forms, without cells of organisations that lack a return of either
with county as (
    select node from core.unit where parent = ''
), scope as (
    select node, last_node from core.unit where code = $unit
), part as (
    select i.id, i.code, i.name, i.stock, i.form, p.role
    from core.part p join core.item i on i.id = p.item
    where p.indicator = $indicator
), forms as (
    select distinct form from part
), filed as (
    -- the quarters for which each form was filed; a stock is taken from the last of them
    select c.period
    from mart.coverage c join county on county.node = c.unit join forms f on f.form = c.form
    where c.reported > 0 and c.period between $first and $last
    group by c.period
    having count(*) = (select count(*) from forms)
), wanted as (
    select p.*, (select max(period) from filed) as as_of from part p
), lacking as (
    select e.period, e.node
    from core.expected e
    left join core.reported r on r.form = e.form and r.period = e.period and r.reporter = e.reporter
    where r.reporter is null and e.period between $first and $last and e.form in (select form from forms)
        and (select count(*) from forms) > 1
)
select
    s.sha as submission, s.name, 'inbox/' || s.file as file, r.sheet, m."row", m."column", m.raw, o.value,
    u.code as unit, u.name as unit_name, o.period, w.code as item, w.name as item_name, w.role
from wanted w
join core.observation o on o.item = w.id
    and o.period between (case when w.stock then w.as_of else $first end)
        and (case when w.stock then w.as_of else $last end)
join scope on o.unit between scope.node and scope.last_node
join core.unit u on u.node = o.unit
join raw.datum m on m.id = o.datum
join raw.record d on d.id = m.record
join raw."return" r on r.id = d."return"
join raw.submission s on s.id = r.submission
where not exists (
    select 1 from core.ancestor a join lacking l on l.node = a.ancestor
    where a.node = o.unit and l.period = o.period)
order by w.role desc, o.period, o.unit, m.id;
