-- question: what does each item add up to for each of $units in the quarters $first to $last, and in the span of the
--   same length it is compared with, $before_first to $before_last? $items limits the items; an empty list does not
-- grain: one row an organisation and item
-- columns: unit, item, stock, now, before, now_matched, before_matched (only who reported at both ends), reported, expected
--   (returns, for the form the item comes from), complete (nothing was missing in either span), as_of (the quarter a
--   stock is taken from)
with county as (
    select node from core.unit where parent = ''
), scope as (
    select code, node, last_node from core.unit where code in (select unnest($units::varchar[]))
), span as (
    select 'now' as which, $first::integer as first, $last::integer as last
    union all
    select 'before', $before_first::integer, $before_last::integer
), filed as (
    -- a stock is taken from the last quarter of the span in which anyone at all filed the form
    select s.which, c.form, max(c.period) as as_of
    from mart.coverage c join county on county.node = c.unit join span s on c.period between s.first and s.last
    where c.reported > 0
    group by s.which, c.form
), slot as (
    select s.which, i.id as item, i.form, p.period
    from core.item i
    join span s on true
    join core.period p on p.period between s.first and s.last
    left join filed f on f.which = s.which and f.form = i.form
    -- a sum over a span that begins before there are data is a part of one: nothing is held against it
    where case when i.stock then p.period = f.as_of
        else s.which = 'now' or s.first >= (select min(period) from core.period) end
        and (len($items::varchar[]) = 0 or list_contains($items::varchar[], i.code))
), value as (
    select scope.code, s.which, s.item, sum(r.value) as value
    from slot s
    join mart.rollup r on r.period = s.period and r.item = s.item
    join scope on scope.node = r.unit
    group by scope.code, s.which, s.item
), coverage as (
    -- a form that the county itself files covers every organisation below it
    select u.code, s.which, s.item, sum(c.expected) as expected, sum(c.reported) as reported
    from slot s
    join core.form f on f.code = s.form
    join mart.coverage c on c.form = s.form and c.period = s.period
    join (
        select code, node, false as by_county from scope
        union
        select scope.code, county.node, true from scope, county
    ) u on u.node = c.unit and u.by_county = f.by_county
    group by u.code, s.which, s.item
), reporter as (
    select distinct scope.code, r.form, r.period, r.reporter
    from core.reported r
    join core.form f on f.code = r.form
    join (select distinct form, period from slot) s on s.form = r.form and s.period = r.period
    join scope on f.by_county or r.node between scope.node and scope.last_node
), pair as (
    select rn.code, n.item, n.period as now_period, b.period as before_period, rn.reporter
    from slot n
    join slot b on b.which = 'before' and b.item = n.item
    join core.item i on i.id = n.item and (i.stock or b.period = n.period - ($first::integer - $before_first::integer))
    join reporter rn on rn.form = n.form and rn.period = n.period
    join reporter rb
        on rb.code = rn.code and rb.form = b.form and rb.period = b.period and rb.reporter = rn.reporter
    where n.which = 'now'
), matched as (
    select p.code, p.item,
        sum(o.value) filter (where o.period = p.now_period) as now_matched,
        sum(o.value) filter (where o.period = p.before_period) as before_matched
    from pair p
    join (
        -- added up by reporter first: the join below then sees a row a reporter, not one a number
        select o.period, o.item, o.reporter, scope.code, sum(o.value) as value
        from core.observation o
        join (select distinct item, period from slot) s on s.item = o.item and s.period = o.period
        join scope on o.unit between scope.node and scope.last_node
        where o.period between least($first, $before_first) and greatest($last, $before_last)
        group by all
    ) o
        on o.item = p.item and o.reporter = p.reporter and o.code = p.code
        and o.period in (p.now_period, p.before_period)
    group by p.code, p.item
)
select
    wanted.code as unit, i.code as item, i.stock,
    case when cn.reported > 0 and i.zero_when_reported then coalesce(vn.value, 0) else vn.value end as now,
    case when cb.reported > 0 and i.zero_when_reported then coalesce(vb.value, 0) else vb.value end as before,
    m.now_matched, m.before_matched,
    coalesce(cn.reported, 0)::integer as reported, coalesce(cn.expected, 0)::integer as expected,
    coalesce(cn.reported = cn.expected and cb.reported = cb.expected, false) as complete,
    f.as_of
from core.item i
cross join (select distinct code from scope) wanted
left join value vn on vn.code = wanted.code and vn.which = 'now' and vn.item = i.id
left join value vb on vb.code = wanted.code and vb.which = 'before' and vb.item = i.id
left join coverage cn on cn.code = wanted.code and cn.which = 'now' and cn.item = i.id
left join coverage cb on cb.code = wanted.code and cb.which = 'before' and cb.item = i.id
left join matched m on m.code = wanted.code and m.item = i.id
left join filed f on f.which = 'now' and f.form = i.form
where len($items::varchar[]) = 0 or list_contains($items::varchar[], i.code)
order by wanted.code, i.id;
