"""Lines beside a headline that say who and when: labelled (Chinese) and worded (``By …``)."""
