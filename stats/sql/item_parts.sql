-- question: what does the item numbered $item add up to for $unit in the quarters $first to $last, split by the
--   codes of one or two columns?
-- grain: one row per code of $by and code of $across
-- columns: by, across ('' where the cell is blank; across is '' throughout when $across is null), value, rows, data (the
--   ids of the cells, null unless $listed); $kinds limits the rows to those whose column $kind_column holds one of the
--   codes, an empty list does not
select
    coalesce(s.fields ->> $by, '') as "by", coalesce(s.fields ->> $across, '') as across,
    sum(o.value) as value, count(*)::integer as "rows",
    list(o.datum order by o.datum) filter (where $listed) as data
from core.unit u
join core.item i on i.id = $item
join core.observation o on o.item = i.id and o.unit between u.node and u.last_node
join core.in_force s
    on s.record = o.record and s.form = i.form and s.node = o.unit and o.period between s.since and s.until
where u.code = $unit and o.period between $first and $last
    and (len($kinds::varchar[]) = 0 or list_contains($kinds::varchar[], s.fields ->> $kind_column))
group by all
order by all;
