-- question: where do the rows of returns with these ids stand?
-- grain: one row per record of $records, in the order of their organisations
-- columns: submission (sha256), name and file of the original, sheet, row and column (of the first of its cells that is
--   counted, null when none is), raw, value (of the column $total; 1 where that is ''), unit, unit_name, period
-- parameters: $items are the items that take the column $total, so that its own cell is shown beside its value
with wanted as (
    select unnest($records::bigint[]) as record
), counted as (
    select m.record, min(m."row") as "row", min(m."column") as "column", min_by(m.raw, m."column") as raw
    from raw.datum m where m.record in (select record from wanted)
        and ($total = '' or m.item in (select unnest($items::integer[])))
    group by m.record
), placed as (
    select s.record, max(s.node) as node from core.in_force s where s.record in (select record from wanted)
    group by s.record
)
select
    s.sha as submission, s.name, 'inbox/' || s.file as file, r.sheet, c."row", c."column", c.raw,
    case when $total = '' then 1.0 else coalesce(try_cast(d.fields ->> $total as double), 0.0) end as value,
    u.code as unit, u.name as unit_name, r.period
from wanted w
join raw.record d on d.id = w.record
join raw."return" r on r.id = d."return"
join raw.submission s on s.id = r.submission
join placed p on p.record = w.record
join core.unit u on u.node = p.node
left join counted c on c.record = w.record
order by u.node, w.record;
