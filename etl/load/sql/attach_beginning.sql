-- question: what stood in the build that a working copy was made from? What follows is asked of its copy $path
-- grain: none
-- columns: none
attach $path as beginning (read_only);
use beginning;
