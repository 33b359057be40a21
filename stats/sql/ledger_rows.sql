-- question: which rows of ledgers speak of $unit or one below it: those that hold at the end of the quarter $last, and of
--   events those from $first to $last?
-- grain: one row a row of a ledger, at most $most a form, the latest first
-- columns: form, fields (values by column code, as JSON), lasting (false: an event), count (of all rows of the form)
with scope as (
    select distinct u.code
    from core.unit top join core.unit u on u.node between top.node and top.last_node
    where top.code = $unit
), own as (
    select distinct d.form, d.key
    from raw.record d join core.form f on f.code = d.form and not f.roster
    where d.unit in (select code from scope)
), dated as (
    select d.id, d.form, d.unit, d.fields, d.first, f.until_next or d.last is not null as lasting,
        case when f.until_next
            then least(coalesce(d.last, 2147483647),
                coalesce(lead(d.first) over (partition by d.form, d.key order by d.first, a.submission, d.id) - 1,
                    2147483647))
            else d.last end as last
    from raw.record d
    join own on own.form = d.form and own.key = d.key
    join core.active a on a.id = d."return"
    join core.form f on f.code = d.form
)
select form, fields, lasting, count(*) over (partition by form)::integer as count
from dated
where unit in (select code from scope)
    and case when lasting then first <= $last and last >= $last else first between $first and $last end
qualify row_number() over (partition by form order by first desc, id desc) <= $most
order by form, first desc, id desc;
