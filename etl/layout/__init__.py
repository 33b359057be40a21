"""Layout: where the tables of a sheet lie and what their headings say."""
