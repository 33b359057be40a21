-- question: take the rows of the hand-over file $path into raw.submission
-- grain: one row per submission
-- columns: the number of rows taken
insert into raw."submission" select * from read_parquet($path)
