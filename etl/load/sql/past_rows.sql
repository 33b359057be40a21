-- question: which rows of a form do the returns in force of these quarters contain?
-- grain: one row per return and row key
-- columns: reporter, period, key, its day, the code of its organisation, the row's fields as JSON
select a.reporter, a.period, d.key, d.day, d.unit, d.fields
from core.active a
join core.record d on d."return" = a.id
where a.form = $form and a.period between $first and $last
order by a.period, d.first, d.id;
