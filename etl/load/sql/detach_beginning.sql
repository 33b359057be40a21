-- question: none; what follows is asked of the working copy again
-- grain: none
-- columns: none
use build;
detach beginning;
