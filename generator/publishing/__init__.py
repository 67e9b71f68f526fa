"""Records become pages: pure functions from values to (path, bytes).

    theme       MkDocs renders docs/ once: pages people write, and frames for the pages that are computed
    frames      a rendered page with named places to fill; its Content-Security-Policy
    html        the small vocabulary of HTML, and the one escape
    figures     numbers and dates as a page shows them;  words  the names a page gives to states
    printed     an instrument laid out once;  worksheet  one unit-year on it (LKE)
    report_card, directory, board, home, method, data_files    the other pages
    site        which page stands at which address

Text of units never meets Markdown or a template: it is escaped into finished HTML (`html.escape`).
"""
