-- question: do the parts of this build agree with each other?
-- grain: one row per disagreement; none in a consistent build
-- columns: what is wrong, in Chinese
select '有 ' || count(*) || ' 条数据找不到所属单位' as fault
from core.observation where unit is null
having count(*) > 0
union all
select '数据项 ' || item || ' 在 ' || period || ' 的汇总与明细不符'
from (
    select period, item, sum(value) as total from core.observation group by period, item
) detail
left join (
    select period, item, value from mart.rollup where unit = (select node from core.unit where parent = '')
) county using (period, item)
where county.value is null or abs(county.value - detail.total) > 0.005
union all
select '单位 ' || code || ' 的上级 ' || parent || ' 不在名册里'
from core.placement where node = 0
union all
select '单位 ' || code || ' 有的季度没有去处'
from core.place
group by code
having sum(last::bigint - first + 1) <> 2147483648;
