-- question: which rates lay above what is possible before anything was written?
-- grain: as beyond; none in a build that knew no quarter ($known_until is null)
-- columns: as beyond
create or replace temp table was_beyond as select * from beyond where period <= $known_until;
