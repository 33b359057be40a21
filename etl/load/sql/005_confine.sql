-- question: what may the connection that writes a build reach?
-- grain: one setting per statement
-- columns: none; nothing but the folder of the working copy, no extensions, and no setting can be changed afterwards
set allowed_directories = [$folder];
set enable_external_access = false;
set autoinstall_known_extensions = false;
set autoload_known_extensions = false;
set allow_community_extensions = false;
-- a progress bar would be printed into the output of the command
set enable_progress_bar = false;
-- the reason is given in stats/warehouse.py
set enable_caching_operators = false;
set lock_configuration = true;
