-- question: in which years up to the quarter $last did the item of $indicator happen for $unit?
-- grain: one row a year
-- columns: year
select distinct r.period // 4 as year
from core.part p
join mart.rollup r on r.item = p.item and r.value > 0 and r.period <= $last
join core.unit u on u.node = r.unit and u.code = $unit
where p.indicator = $indicator and p.role = 'numerator'
order by year desc;
