-- question: what does the item numbered $item add up to for $unit in the quarters $first to $last, split by the
--   codes of one or two columns?
-- grain: one row per code of $by and code of $across
-- columns: by, across ('' where the cell is blank; across is '' throughout when $across is null), value, rows, data (the
--   ids of the cells, null unless $listed); $kinds limits the rows to those whose column $kind_column holds one of the
--   codes, an empty list does not. What own totals are in the figure has no codes: it is one part, named $own, and is
--   left out where $kinds limits
with own as (
    select t.datum, t.value, t.since, t.period, u.node, u.last_node
    from core.unit s
    join core.stands d on d.unit = s.node and d.item = $item
    join core.own_total t on t.unit = d.own and t.item = d.item and t.period = d.period
    join core.unit u on u.node = t.unit
    where s.code = $unit and t.since >= $first and t.period <= $last
), part as (
    select coalesce(s.fields ->> $by, '') as "by", coalesce(s.fields ->> $across, '') as across, o.value, o.datum
    from core.unit u
    join core.item i on i.id = $item
    join core.observation o on o.item = i.id and o.unit between u.node and u.last_node
    join core.in_force s
        on s.record = o.record and s.form = i.form and s.node = o.unit and o.period between s.since and s.until
    where u.code = $unit and o.period between $first and $last
        and (len($kinds::varchar[]) = 0 or list_contains($kinds::varchar[], s.fields ->> $kind_column))
        and not exists (
            select 1 from own t where o.period between t.since and t.period and o.unit between t.node and t.last_node)
    union all
    select $own, case when $across is null then '' else $own end, value, datum from own where len($kinds::varchar[]) = 0
)
select
    "by", across, sum(value) as value, count(*)::integer as "rows",
    list(datum order by datum) filter (where $listed) as data
from part
group by all
order by all;
