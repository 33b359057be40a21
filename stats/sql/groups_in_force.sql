-- question: which values does the column $by have in the rows of $form that count in quarter $period for $unit or one
--   below it and meet $conditions, and how many rows has each?
-- grain: one row per value; blanks are none
-- columns: value, rows; $conditions name a column and the codes it may hold
select s.fields ->> $by as value, count(*)::integer as "rows"
from core.unit scope
join core.in_force s on s.node between scope.node and scope.last_node
where scope.code = $unit and s.form = $form
    and $period between s.first and s.last and $period between s.since and s.until
    and len(list_filter($conditions::struct("column" varchar, codes varchar[])[],
        lambda c: list_contains(c.codes, s.fields ->> c."column"))) = len($conditions)
    and s.fields ->> $by <> ''
group by all
order by all;
