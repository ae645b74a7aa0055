"""Train the tables of ``newsclean/models`` on labelled pages, and write the names of months.

``pip install 'newsclean[train]'`` brings what the scripts need. Run them from this repository:
``python -m training.body``, ``python -m training.headline``, ``python -m training.month_names``.
"""
