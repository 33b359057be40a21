-- question: remove the submission $submission from the received data
-- grain: all rows of the submission in every table of raw
-- columns: none
delete from raw.datum
where record in (
    select d.id from raw.record d join raw."return" r on r.id = d."return" where r.submission = $submission);
delete from raw.record where "return" in (select id from raw."return" where submission = $submission);
delete from raw."return" where submission = $submission;
delete from raw.submission where id = $submission;
