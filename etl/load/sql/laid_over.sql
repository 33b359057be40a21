-- question: which own totals of the submissions $submissions say otherwise than what is below them adds up to, or than
--   an earlier row of the same organisation and period?
-- grain: one row per own total and kind of question; of those over what is below only where nobody has decided
-- columns: kind (below or before), submission, sheet, form, reporter, reported (the return's own period), unit_name,
--   first and period (its quarters), item, value, other (what is below, or was said before), row, column
with own as (
    select 'below' as kind, *, below as other
    from core.own_total where has_below and keep = '' and abs(value - below) > 0.005
    union all
    select 'before', *, before from core.own_total where abs(value - before) > 0.005
)
select o.kind, t.submission, t.sheet, t.form, t.reporter, t.period as reported, u.name as unit_name, o.first, o.period,
    i.code as item, o.value, o.other, m."row", m."column"
from own o
join core.unit u on u.node = o.unit
join core.item i on i.id = o.item
join raw.datum m on m.id = o.datum
join raw.record d on d.id = m.record
join raw."return" t on t.id = d."return"
where t.submission in (select unnest($submissions::integer[]))
order by t.submission, t.id, o.kind, m."column", m."row";
