-- question: which row, as filed last, holds the target of $indicator for $unit and $year that $document set?
-- grain: one row, none if it is no longer stored
-- columns: submission (sha256), name and file of the original, sheet, row, column, raw, unit, unit_name, period
select s.sha as submission, s.name, 'inbox/' || s.file as file, r.sheet, m."row", m."column", m.raw, d.unit,
    coalesce(u.name, d.unit) as unit_name, d.first as period
from raw.record d
join core.active a on a.id = d."return"
join core.form f on f.code = d.form
join core.told t on t.record = d.id
join raw."return" r on r.id = a.id
join raw.submission s on s.id = a.submission
join raw.datum m on m.record = d.id
left join core.unit u on u.code = d.unit
where f.role = 'targets' and d.unit = $unit and d.fields ->> 'indicator' = $indicator
    and (d.fields ->> 'year')::integer = $year and d.fields ->> 'document' = $document
order by t.place desc, m.item
limit 1;
