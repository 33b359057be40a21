-- question: take the rows of the hand-over file $path into raw.datum
-- grain: one row per datum
-- columns: the number of rows taken
insert into raw."datum" select * from read_parquet($path)
