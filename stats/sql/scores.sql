-- question: what was entered for the items of the scheme $scheme, stage by stage, for all organisations or one?
-- grain: one row per organisation, item and stage; of several rows the latest one with the stage filled counts
-- columns: unit, unit_name, scheme_item, item, item_name (the stage as an item of the form), value, raw, row, column,
--   sheet, submission (sha256), name and file of the original, period (quarter in which it was filled in), basis,
--   remark
with entered as (
    select
        d.unit, d.fields ->> 'item' as scheme_item, i.code as item, i.name as item_name, m.value, m.raw, m."row", m."column",
        r.sheet, s.sha as submission, s.name, 'inbox/' || s.file as file, d.first as period,
        coalesce(d.fields ->> 'basis', '') as basis, coalesce(d.fields ->> 'remark', '') as remark
    from core.active a
    join raw."return" r on r.id = a.id
    join raw.record d on d."return" = a.id
    join core.told t on t.record = d.id
    join raw.datum m on m.record = d.id
    join core.item i on i.id = m.item
    join raw.submission s on s.id = a.submission
    join core.form f on f.code = a.form and f.code = d.form and f.code = i.form
    where f.role = 'scores' and d.fields ->> 'scheme' = $scheme
        and ($unit is null or d.unit = $unit)
    qualify row_number() over (
        partition by d.unit, d.fields ->> 'item', i.code order by t.place desc) = 1
), named as (
    select distinct on (code) code, name from core.unit order by code, node
)
select e.*, coalesce(n.name, e.unit) as unit_name
from entered e left join named n on n.code = e.unit
order by e.unit, e.scheme_item, e.item;
