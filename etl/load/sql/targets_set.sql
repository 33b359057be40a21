-- question: which rows of the returns in force set targets, and in which cells?
-- grain: one row per row of such a return
-- columns: reporter, period, unit, the row's fields as JSON, sheet, row, column, file name of the submission
select a.reporter, a.period, d.unit, d.fields, r.sheet, m."row", m."column", s.name
from core.active a
join core.form f on f.code = a.form
join raw.record d on d."return" = a.id
join raw."return" r on r.id = a.id
join raw.submission s on s.id = a.submission
left join (select record, min("row") as "row", min("column") as "column" from raw.datum group by record) m
    on m.record = d.id
where f.role = 'targets'
order by a.period, d.id;
