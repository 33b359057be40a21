"""The script st.App runs for every page.

A child process that reads spreadsheets first imports the server's main script, which is this one, under another name;
there it must neither draw nor load anything.
"""

if __name__ == "__main__":
    from pages.frame.page_frame import show_page

    show_page()
