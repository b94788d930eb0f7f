"""What the app is made of: its models and what was measured of them, its data, its licences."""
