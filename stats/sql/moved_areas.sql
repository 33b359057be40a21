-- question: which organisations did any other one join or leave between the ends of the quarters $before and $now?
-- grain: one row per organisation that had it among those below at one end only
-- columns: unit
with placed as (
    select 'then' as moment, code, node from core.placement
    where first <= $before and (last is null or last >= $before)
    union all
    select 'now', code, node from core.placement where first <= $now and (last is null or last >= $now)
), moved as (
    select code from placed group by code having count(distinct moment) = 2 and count(distinct node) > 1
)
select distinct code as unit
from (
    select p.code as mover, u.code
    from placed p
    join moved m on m.code = p.code
    join core.ancestor a on a.node = p.node
    join core.unit u on u.node = a.ancestor
    group by p.code, u.code
    having count(distinct p.moment) = 1
);
