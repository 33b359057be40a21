-- question: which organisations at or below $unit are open in quarter $period, and which of them have to report $form?
-- grain: one row per organisation, depth-first; none when $unit is not open then
-- columns: code, name, level, parent, assigned (true: it has to report the form)
select l.code, l.name, l.level, l.parent,
    exists(
        select 1 from core.assigned g
        where g.form = $form and g.level = l.level and (g.category = '' or g.category = l.category)
    ) as assigned
from core.placement l
join core.ancestor a on a.node = l.node
join core.placement r on r.node = a.ancestor
where r.code = $unit
    and r.first <= $period and (r.last is null or r.last >= $period)
    and l.first <= $period and (l.last is null or l.last >= $period)
order by l.node;
