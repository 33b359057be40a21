-- question: what stands around one cell of a submission?
-- grain: one row a non-empty cell at most $reach rows and columns away
-- columns: row, column, raw
select c."row", c."column", c.raw
from raw.cell c join raw.submission s on s.id = c.submission
where s.sha = $submission and c.sheet = $sheet
    and c."row" between $row - $reach and $row + $reach
    and c."column" between $column - $reach and $column + $reach
order by c."row", c."column";
