-- question: who is expected to report which form for the quarter $period, which accepted submission brought it
--   first (of months the last of them), and how large is the organisation by the item $size in the last quarter it
--   reported?
-- grain: one row per form and organisation; also for a quarter that nobody has reported yet
-- parameters: with $month, of forms of months the return of that month alone
-- columns: form, form_name, unit, unit_name, area, area_name, above (codes of the organisation and all above it),
--   submission (null while nothing is in force), size (null when it never reported)
with due as (
    select distinct g.form, l.code as unit, l.node, 0 as part
    from core.assigned g
    join core.placement l on l.level = g.level and (g.category = '' or g.category = l.category)
        and l.first <= $period and (l.last is null or l.last >= $period)
    join core.form f on f.code = g.form and f.months >= 3 and ($period + 1) * 3 % f.months = 0
    union all
    -- of a form of months the returns of those at whose end it is open
    select distinct g.form, l.code, l.node, m.month
    from core.assigned g
    join core.form f on f.code = g.form and f.months = 1
    join core.month_place l on l.level = g.level and (g.category = '' or g.category = l.category)
    join (select unnest(range($period * 3, $period * 3 + 3))::integer as month) m
        on m.month between l.first and l.last and ($month is null or m.month = $month)
), counts as (
    -- of a form of months each, of others those that end in the quarter
    select r.id, r.form, r.submission, r.reporter, case when f.months < 3 then r.period else 0 end as part
    from raw."return" r join core.form f on f.code = r.form
    where ($month is null or f.months > 1 or r.period = $month)
        and (((r.period + 1) * f.months - 1) // 3 = $period or (f.standing and r.period < $period))
), came as (
    select c.form, c.part, c.id, c.submission, d.unit
    from counts c join core.form f on f.code = c.form join raw.record d on d."return" = c.id
    where f.roster
    union all
    select c.form, c.part, c.id, c.submission, c.reporter
    from counts c join core.form f on f.code = c.form
    where not f.roster
), part_received as (
    select c.form, c.unit, c.part, min(c.submission) as submission
    from came c
    group by c.form, c.unit, c.part
    having bool_or(c.id in (select id from core.active))
), received as (
    select d.form, d.unit, d.node, case when count(*) = count(p.submission) then max(p.submission) end as submission
    from due d left join part_received p on p.form = d.form and p.unit = d.unit and p.part = d.part
    group by d.form, d.unit, d.node
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
    d.submission, h.size
from received d
join core.form f on f.code = d.form
join core.unit u on u.node = d.node
left join core.unit area on area.code = u.area and (area.parent = '' or area.parent = (select code from core.unit where parent = ''))
left join last_held h on h.unit = d.unit
order by u.area, d.form, d.node;
