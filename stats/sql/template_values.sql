-- question: what were the rows of $form in quarter $period?
-- grain: one row per record in force
-- columns: key (as etl writes it: T01001, or T01|hardship), fields (the values by column code, as JSON)
select d.key, d.fields
from core.record d
join core.active a on a.id = d."return"
where a.form = $form and a.period = $period
order by d.key;
