-- question: which rates lay above what is possible before anything was written?
-- grain: as beyond
-- columns: as beyond
create or replace temp table was_beyond as select * from beyond;
