-- question: take the rows of the hand-over file $path into raw.return
-- grain: one row per return
-- columns: the number of rows taken
insert into raw."return" select * from read_parquet($path)
