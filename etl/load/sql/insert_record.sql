-- question: take the rows of the hand-over file $path into raw.record
-- grain: one row per record
-- columns: the number of rows taken
insert into raw."record" select * from read_parquet($path)
