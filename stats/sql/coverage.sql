-- question: how many returns of $form came for quarter $period at and below $unit, of how many expected?
-- grain: one row
-- columns: reported, expected; for a form that the county itself files those of the county
select coalesce(sum(c.reported), 0)::integer as reported, coalesce(sum(c.expected), 0)::integer as expected
from mart.coverage c
join core.form f on f.code = c.form
join core.unit u on u.node = c.unit and (case when f.by_county then u.parent = '' else u.code = $unit end)
where c.form = $form and c.period = $period;
