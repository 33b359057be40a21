-- question: what do items add up to for each of $units, now and before, from those who reported both times?
-- grain: one row an organisation and item
-- columns: unit, item, now, before
-- parameters: $item (ids), $now and $before, of equal length, are the pairs of quarters that are held against each other
with scope as (
    select code, node, last_node from core.unit where code in (select unnest($units::varchar[]))
), pair as (
    select unnest($item::integer[]) as item, unnest($now::integer[]) as now_period,
        unnest($before::integer[]) as before_period
), numbered as (
    -- added up by reporter first: what follows then sees a row a reporter, not one a number
    select o.period, o.item, o.reporter, s.code, sum(o.value) as value
    from core.observation o join scope s on o.unit between s.node and s.last_node
    where (o.period in (select unnest($now::integer[])) or o.period in (select unnest($before::integer[])))
        and o.item in (select unnest($item::integer[]))
    group by all
), reporter as (
    select distinct s.code, r.form, r.period, r.reporter
    from core.reported r
    join core.form f on f.code = r.form
    join scope s on f.by_county or r.node between s.node and s.last_node
    where r.period in (select unnest($now::integer[])) or r.period in (select unnest($before::integer[]))
), told as (
    select n.code, n.item, n.value, n.period = p.now_period as is_now, n.period = p.before_period as is_before
    from numbered n
    join pair p on p.item = n.item and n.period in (p.now_period, p.before_period)
    join core.item i on i.id = n.item
    semi join reporter a
        on a.code = n.code and a.form = i.form and a.period = p.now_period and a.reporter = n.reporter
    semi join reporter b
        on b.code = n.code and b.form = i.form and b.period = p.before_period and b.reporter = n.reporter
)
select t.code as unit, i.code as item, sum(t.value) filter (where t.is_now) as now,
    sum(t.value) filter (where t.is_before) as before
from told t join core.item i on i.id = t.item
group by t.code, i.code;
