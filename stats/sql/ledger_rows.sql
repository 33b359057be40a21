-- question: which ledger rows are about $unit or one below it: those in force at the end of the quarter $last, and
--   events from $first to $last?
-- grain: one row per row of a ledger, at most $most a form, the latest first
-- columns: form, fields (values by column code, as JSON), lasting (false: an event), count (of all rows of the form)
with counting as materialized (
    -- first whose rows they are, in force or begun within the quarters: what a row says is looked at only for those
    select s.record, s.form, s.key, s.first, f.until_next, s.last >= $last and $last between s.since and s.until as holds,
        s.first >= $first and s.first between s.since and s.until as happened
    from core.unit top
    join core.in_force s on s.node between top.node and top.last_node
    join core.form f on f.code = s.form and not f.roster
    where top.code = $unit and s.first <= $last
        and (s.last >= $last and $last between s.since and s.until
            or s.first >= $first and s.first between s.since and s.until)
), dated as (
    select d.id, c.form, c.key, d.fields, d.day, c.first, c.until_next or d.last is not null as lasting, c.holds, c.happened
    from counting c join raw.record d on d.id = c.record
)
select form, fields, lasting, count(*) over (partition by form)::integer as count
from dated
where case when lasting then holds else happened end
qualify row_number() over (partition by form order by first desc, day desc nulls last, key, id desc) <= $most
order by form, first desc, day desc nulls last, key, id desc;
