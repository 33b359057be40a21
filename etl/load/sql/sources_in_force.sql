-- question: which files contain the rows in force of one form, reporter and quarter, and how were they filed (更正, 补报)?
-- grain: one row per file, the oldest first
-- columns: submission, name, act, all who report in the file
select distinct
    a.submission, s.name, r.act,
    (select list(distinct other.reporter) from raw."return" other where other.submission = a.submission) as reporters
from core.active a
join raw."return" r on r.id = a.id
join raw.submission s on s.id = a.submission
where a.form = $form and a.reporter = $reporter and a.period = $period
order by 1, 2, 3;
