-- question: how many returns of the forms $forms, of quarters or longer, were due from each area for the quarters
--   $quarters, and how many came?
-- grain: one row per quarter, area and form that somebody there is to send; also for a quarter that nobody has reported
--   yet
-- columns: period, area (code), area_name, form, form_name, expected, received
with quarter as (
    select unnest($quarters::integer[]) as period
), open as (
    select q.period, l.level, l.category, u.area, count(distinct l.node) as units
    from quarter q
    join core.placement l on l.first <= q.period and (l.last is null or l.last >= q.period)
    join core.unit u on u.node = l.node
    group by q.period, l.level, l.category, u.area
), asked as (
    select distinct g.form, o.level, o.category
    from core.assigned g
    join (select distinct level, category from open) o on o.level = g.level and g.category in ('', o.category)
    where g.form in (select unnest($forms::varchar[]))
), due as (
    select o.period, a.form, o.area, sum(o.units) as expected
    from open o join asked a on a.level = o.level and a.category = o.category
    join core.form f on f.code = a.form and (f.months <= 3 or (o.period + 1) * 3 % f.months = 0)
    group by o.period, a.form, o.area
), came as (
    select r.period, r.form, u.area, count(*) as received
    from core.reported r join core.unit u on u.node = r.node
    where r.period in (select period from quarter) and r.form in (select unnest($forms::varchar[]))
    group by r.period, r.form, u.area
)
select d.period, d.area, area.name as area_name, d.form, f.name as form_name, d.expected::integer as expected,
    coalesce(c.received, 0)::integer as received
from due d
join core.form f on f.code = d.form
left join core.unit area on area.code = d.area and (area.parent = '' or area.parent = (select code from core.unit where parent = ''))
left join came c on c.period = d.period and c.form = d.form and c.area = d.area
order by d.period, d.area, d.form;
