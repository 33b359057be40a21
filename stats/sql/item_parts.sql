-- question: what does the item numbered $item add up to for $unit in the quarters $first to $last, split by the
--   codes of one or two columns?
-- grain: one row per code of $by and code of $across
-- columns: by, across ('' where the cell is blank; across is '' throughout when $across is null), value, rows, data (the
--   ids of the cells, null unless $listed); $kinds limits the rows to those whose column $kind_column holds one of the
--   codes, an empty list does not
select
    coalesce(d.fields ->> $by, '') as "by", coalesce(d.fields ->> $across, '') as across,
    sum(o.value) as value, count(*)::integer as "rows",
    list(o.datum order by o.datum) filter (where $listed) as data
from core.observation o
join core.unit u on u.code = $unit and o.unit between u.node and u.last_node
join raw.datum m on m.id = o.datum
join raw.record d on d.id = m.record
where o.item = $item and o.period between $first and $last
    and (len($kinds::varchar[]) = 0 or list_contains($kinds::varchar[], d.fields ->> $kind_column))
group by all
order by all;
