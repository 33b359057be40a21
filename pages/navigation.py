"""The script st.App runs for every page.

The child process that reads spreadsheets begins by running the server's main script under another name, and that is
this one: there it must neither draw nor load anything.
"""

if __name__ == "__main__":
    from pages.shared.frame import show_page

    show_page()
