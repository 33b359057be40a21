-- question: which values does the column $by have in the rows of $form that count in quarter $period, began in $since or
--   later and meet $conditions?
-- grain: one row per value; blanks are none
-- columns: value; $conditions name a column and the codes it may hold; where $by is null, the values are the codes of
--   the organisations
select distinct case when $by is null then s.unit else s.fields ->> $by end as value
from core.in_force s
where s.form = $form and s.first >= $since and $period between s.first and s.last and $period between s.since and s.until
    and len(list_filter($conditions::struct("column" varchar, codes varchar[])[],
        lambda c: list_contains(c.codes, s.fields ->> c."column"))) = len($conditions)
    and ($by is null or s.fields ->> $by <> '');
