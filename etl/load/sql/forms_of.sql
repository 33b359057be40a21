-- question: which forms does the submission $submission hold?
-- grain: one row per form
-- columns: form
select distinct form from raw."return" where submission = $submission;
