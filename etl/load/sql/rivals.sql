-- question: what do the returns of $form for the quarter $period by others than $reporter say under these $keys?
-- grain: one row a row of a return; of several returns by one reporter the last whole one and what was added to it
-- columns: key, day it speaks of, fields (JSON), file name of the submission, all who report in it
with latest as (
    select id, submission
    from raw."return"
    where form = $form and period = $period and reporter <> $reporter
    qualify submission >= coalesce(
        max(case when act <> 'supplement' then submission end) over (partition by reporter), 0)
)
select
    d.key, d.day, d.fields, s.name,
    (select list(distinct other.reporter) from raw."return" other where other.submission = l.submission) as reporters
from latest l
join raw.record d on d."return" = l.id
join raw.submission s on s.id = l.submission
where d.key in (select unnest($keys::varchar[]))
order by l.submission, d.id;
