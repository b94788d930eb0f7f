"""One recipe per pretrained model: `python -m dashboard.recipes NAME`."""
