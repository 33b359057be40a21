-- question: which forms does the submission $submission hold?
-- grain: one row a form
-- columns: form
select distinct form from raw."return" where submission = $submission;
