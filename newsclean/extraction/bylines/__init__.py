"""Bylines near a headline: with labels (Chinese) and with words (``By …``)."""
