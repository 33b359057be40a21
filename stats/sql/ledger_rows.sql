-- question: which ledger rows are about $unit or one below it: those in force at the end of the quarter $last, and
--   events from $first to $last?
-- grain: one row per row of a ledger, at most $most a form, the latest first
-- columns: form, fields (values by column code, as JSON), lasting (false: an event), count (of all rows of the form)
with counting as (
    select s.record, s.form, s.key, s.first, s.day, s.fields, f.until_next or s.ends as lasting,
        s.last >= $last and $last between s.since and s.until as holds,
        s.first >= $first and s.first between s.since and s.until as happened
    from core.unit top
    join core.in_force s on s.node between top.node and top.last_node
    join core.form f on f.code = s.form and not f.roster
    where top.code = $unit and s.first <= $last
        and (s.last >= $last and $last between s.since and s.until
            or s.first >= $first and s.first between s.since and s.until)
)
select form, fields, lasting, count(*) over (partition by form)::integer as count
from counting
where case when lasting then holds else happened end
qualify row_number() over (partition by form order by first desc, day desc nulls last, key, record desc) <= $most
order by form, first desc, day desc nulls last, key, record desc;
