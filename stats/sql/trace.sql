-- question: which cells do the values of indicators come from, each for an organisation and a span of quarters?
-- grain: one row per question, cell and quarter in which it counts
-- Own totals come in the place of what is below them; those of a year only where the whole of it is asked about.
-- columns: asked, submission (sha256), name and file of the original, sheet, row, column, raw, value, unit, unit_name,
--   period (the return's own where it is not of a quarter, by the length in months), item, own (whether it is an own
--   total); for a rate of two forms, without cells of organisations that lack a return of either form
-- parameters: $asked numbers the questions; $indicators, $units, $first and $last, of equal length, say what is asked
with question as (
    select q.*, u.node, u.last_node
    from (
        select unnest($asked::integer[]) as asked, unnest($indicators::varchar[]) as indicator,
            unnest($units::varchar[]) as unit, unnest($first::integer[]) as first, unnest($last::integer[]) as last
    ) q
    join core.unit u on u.code = q.unit
), part as (
    select q.asked, q.first, q.last, q.node, q.last_node, i.id, i.code, i.name, i.stock, i.form, p.role,
        case when f.months >= 3 then null when f.by_county then (select node from core.unit where parent = '')
            else q.node end as sender
    from question q
    join core.part p on p.indicator = q.indicator
    join core.item i on i.id = p.item
    join core.form f on f.code = i.form
), form as (
    select asked, form, first, last, count(*) over (partition by asked) as forms
    from (select distinct asked, form, first, last from part)
), told as (
    -- the quarters of which each part is known; a stock is taken from the last that both are known of
    select p.asked, p.role, c.period
    from part p
    join mart.coverage c on c.form = p.form and c.reported > 0 and c.period between p.first and p.last
    join core.unit u on u.node = c.unit and u.parent = ''
    union
    select p.asked, p.role, o.period
    from part p join core.own_total o on o.counted and o.item = p.id and o.period between p.first and p.last
), filed as (
    select t.asked, t.period
    from told t
    group by t.asked, t.period
    having count(*) = (select count(distinct p.role) from part p where p.asked = t.asked)
), as_of as (
    select asked, max(period) as period from filed group by asked
), wanted as (
    select p.asked, p.node, p.last_node, p.id, p.code, p.name, p.role, p.stock, p.form, p.sender,
        case when p.stock then a.period else p.first end as first,
        case when p.stock then a.period else p.last end as last
    from part p left join as_of a on a.asked = p.asked
), lacking as (
    -- a year that lacks lacks in each of its quarters
    select f.asked, unnest(range(e.period - greatest(d.months // 3, 1) + 1, e.period + 1))::integer as period, e.node
    from form f
    join core.form d on d.code = f.form
    join core.expected e on e.form = f.form and e.period between f.first and f.last
    left join core.reported r on r.form = e.form and r.period = e.period and r.reporter = e.reporter
    where f.forms > 1 and r.reporter is null
), own as (
    select w.asked, w.role, w.code, w.name, o.*, u.last_node
    from wanted w
    join core.stands d on d.unit = w.node and d.item = w.id
    join core.own_total o on o.unit = d.own and o.item = d.item and o.period = d.period
    join core.unit u on u.node = o.unit
    where o.period between w.first and w.last and o.since >= w.first
), datum as (
    select w.asked, w.role, w.code, w.name, o.datum, o.value, o.unit, o.period
    from wanted w
    join core.observation o on o.item = w.id and o.period between w.first and w.last
        and o.unit between w.node and w.last_node
    where o.period between list_min($first::integer[]) and list_max($last::integer[])
        -- some of a quarter's months are not the quarter: none counts where nobody sent them all
        and (w.sender is null or exists (
            select 1 from mart.coverage c
            where c.unit = w.sender and c.form = w.form and c.period = o.period and c.reported > 0))
        and not exists (
            select 1 from core.ancestor a join lacking l on l.node = a.ancestor
            where a.node = o.unit and l.asked = w.asked and l.period = o.period)
        and not exists (
            select 1 from own t
            where t.asked = w.asked and t.role = w.role and o.period between t.since and t.period
                and o.unit between t.unit and t.last_node)
    union all
    select asked, role, code, name, datum, value, unit, period from own
)
select
    o.asked, s.sha as submission, s.name, 'inbox/' || s.file as file, r.sheet, m."row", m."column", m.raw, o.value,
    u.code as unit, u.name as unit_name,
    case when f.totals then o.period // f.row_quarters when f.months = 3 then o.period else r.period end as period,
    case when f.totals then f.row_quarters * 3 else f.months end as months,
    o.code as item, o.name as item_name, o.role, f.totals as own
from datum o
join core.unit u on u.node = o.unit
join raw.datum m on m.id = o.datum
join raw.record d on d.id = m.record
join raw."return" r on r.id = d."return"
join raw.submission s on s.id = r.submission
join core.form f on f.code = r.form
order by o.asked, o.role desc, o.period, o.unit, m.id;
