"""The latent space page: its views, in the order in which the page shows them."""
