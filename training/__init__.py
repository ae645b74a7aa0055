"""Train the models in ``newsclean/models`` on labelled pages, and write the names of months.

``pip install 'newsclean[train]'`` installs the dependencies. Run the scripts from this repository:
``python -m training.body``, ``python -m training.headline``, ``python -m training.month_names``.
"""
