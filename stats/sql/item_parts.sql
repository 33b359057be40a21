-- question: what does $item add up to for $unit in the quarters $first to $last, parted by the codes of one column or two?
-- grain: one row a code of $by and code of $across
-- columns: by, across ('' where the cell is blank; across is '' throughout when $across is null), value, rows; $kinds
--   limits the rows to those whose column $kind_column holds one of the codes, an empty list does not
with county as (
    select node from core.unit where parent = ''
), scope as (
    select node, last_node from core.unit where code = $unit
), wanted as (
    select i.id,
        case when i.stock then max(c.period) else $first::integer end as first,
        case when i.stock then max(c.period) else $last::integer end as last
    from core.item i
    left join (
        select c.form, c.period
        from mart.coverage c join county on county.node = c.unit
        where c.reported > 0 and c.period between $first and $last
    ) c on c.form = i.form
    where i.code = $item
    group by i.id, i.stock
)
select
    coalesce(d.fields ->> $by, '') as "by", coalesce(d.fields ->> $across, '') as across,
    sum(o.value) as value, count(*)::integer as "rows"
from wanted w
join core.observation o on o.item = w.id and o.period between w.first and w.last
join scope on o.unit between scope.node and scope.last_node
join raw.datum m on m.id = o.datum
join raw.record d on d.id = m.record
where len($kinds::varchar[]) = 0 or list_contains($kinds::varchar[], d.fields ->> $kind_column)
group by all
order by all;
