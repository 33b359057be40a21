-- question: which rows are in force of the return of one form, reporter and quarter?
-- grain: one row per row of the return, in the order of the sheet
-- columns: key, unit (code), fields (JSON, values by column code), submission
select d.key, d.unit, d.fields, a.submission
from core.active a
join core.record d on d."return" = a.id
where a.form = $form and a.reporter = $reporter and a.period = $period
order by d.id;
