-- question: which rows with these $keys are in returns of $form for the quarter $period by other reporters than
--   $reporter?
-- grain: one row per row of a return; of several returns by one reporter the last complete one and its supplements
-- columns: key, day, fields (JSON), file name of the submission, all who report in it
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
