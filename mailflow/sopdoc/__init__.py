"""The SOP as the official table of Indonesian SOP documents: one HTML page that is printed, laid beside the signed one, and signed.

`chart` turns rows into symbols and arrows, `lanes` lets the arrows find their way between the columns, `drawing` makes each row's
picture, `pages` decides which rows share a sheet, `notes` collects every reading that differs from the signed text. The document is
always in Indonesian: it is the official one.
"""
