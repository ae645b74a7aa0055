"""Train the models in ``newsclean/models`` on labelled pages, and write lists of names.

``pip install 'newsclean[train]'`` installs the dependencies. Run each script from this repository
with ``python -m``:

- `training.body` and `training.headline` train the models, or score them in folds over sites.
- `training.documentation` collects labelled pages of manuals for `training.body`.
- `training.first_names` and `training.month_names` write the lists of names.
- `training.ablation` finds rules that help one site only.
"""
