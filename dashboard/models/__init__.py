"""The torch architectures, one file each; they import torch alone."""
