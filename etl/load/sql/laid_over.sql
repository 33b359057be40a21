-- question: which own totals of the submissions $submissions say otherwise than what is below them adds up to?
-- grain: one row per own total that nobody has decided about
-- columns: submission, sheet, form, reporter, reported (the return's own period), unit_name, level, first and period (its
--   quarters), item, value, below, row, column
select t.submission, t.sheet, t.form, t.reporter, t.period as reported, u.name as unit_name, o.first, o.period, i.code as item,
    o.value, o.below, m."row", m."column"
from core.own_total o
join core.unit u on u.node = o.unit
join core.item i on i.id = o.item
join raw.datum m on m.id = o.datum
join raw.record d on d.id = m.record
join raw."return" t on t.id = d."return"
where o.has_below and o.keep = '' and abs(o.value - o.below) > 0.005
    and t.submission in (select unnest($submissions::integer[]))
order by t.submission, t.id, m."column", m."row";
