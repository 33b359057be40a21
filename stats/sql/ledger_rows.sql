-- question: which ledger rows are about $unit or one below it: those in force at the end of the quarter $last, and
--   events from $first to $last?
-- grain: one row per row of a ledger, at most $most a form, the latest first
-- columns: form, fields (values by column code, as JSON), lasting (false: an event), count (of all rows of the form)
with dated as (
    select d.id, s.form, s.key, d.fields, d.day, s.first, s.last, s.since, s.until,
        f.until_next or d.last is not null as lasting
    from core.unit top
    join core.in_force s on s.node between top.node and top.last_node
    join core.form f on f.code = s.form and not f.roster
    join raw.record d on d.id = s.record
    where top.code = $unit
)
select form, fields, lasting, count(*) over (partition by form)::integer as count
from dated
where case when lasting then first <= $last and last >= $last and $last between since and until
    else first between $first and $last and first between since and until end
qualify row_number() over (partition by form order by first desc, day desc nulls last, key, id desc) <= $most
order by form, first desc, day desc nulls last, key, id desc;
