"""Claims: the numbers of a draft, read from its text and checked.

`draft_files` reads a file as paragraphs, `phrases` finds the numbers in them by the words of `grammar`, `checks` says
which of them contradict each other; none of it needs data. `from_data` compares them with the data.
"""
