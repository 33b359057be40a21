-- question: take the rows of the hand-over file $path into raw.cell
-- grain: one row a cell
-- columns: the number of rows taken
insert into raw."cell" select * from read_parquet($path)
