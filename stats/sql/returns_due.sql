-- question: who is expected to report which form for the quarter $period, which accepted submission brought it
--   first, and how large is the organisation by the item $size in the last quarter it reported?
-- grain: one row per form and organisation; also for a quarter that nobody has reported yet
-- columns: form, form_name, unit, unit_name, area, area_name, above (codes of the organisation and all above it),
--   submission (null while nothing is in force), size (null when it never reported)
with due as (
    select distinct g.form, l.code as unit, l.node
    from core.assigned g
    join core.placement l on l.level = g.level and (g.category = '' or g.category = l.category)
        and l.first <= $period and (l.last is null or l.last >= $period)
), counts as (
    select r.id, r.form, r.submission, r.reporter
    from raw."return" r join core.form f on f.code = r.form
    where r.period = $period or (f.standing and r.period < $period)
), came as (
    select c.form, c.id, c.submission, d.unit
    from counts c join core.form f on f.code = c.form join raw.record d on d."return" = c.id
    where f.roster
    union all
    select c.form, c.id, c.submission, c.reporter
    from counts c join core.form f on f.code = c.form
    where not f.roster
), received as (
    select c.form, c.unit, min(c.submission) as submission
    from came c
    group by c.form, c.unit
    having bool_or(c.id in (select id from core.active))
), held as (
    select u.code as unit, r.period, sum(r.value) as size
    from mart.rollup r
    join core.item i on i.id = r.item and i.code = $size
    join core.unit u on u.node = r.unit
    where r.period < $period or (r.period = $period and u.level = 'union')
    group by u.code, r.period
), last_held as (
    select unit, arg_max(size, period) as size from held group by unit
)
select d.form, f.name as form_name, d.unit, u.name as unit_name, u.area, area.name as area_name,
    (select list(upper_u.code)
     from core.ancestor a join core.unit upper_u on upper_u.node = a.ancestor
     where a.node = d.node) as above,
    r.submission, h.size
from due d
join core.form f on f.code = d.form
join core.unit u on u.node = d.node
left join core.unit area on area.code = u.area and (area.parent = '' or area.parent = (select code from core.unit where parent = ''))
left join received r on r.form = d.form and r.unit = d.unit
left join last_held h on h.unit = d.unit
order by u.area, d.form, d.node;
