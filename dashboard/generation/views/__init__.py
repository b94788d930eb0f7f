"""The generation page: its views, in the order in which the page shows them."""
