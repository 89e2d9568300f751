"""What the browser side weighs and how long it takes, in a real browser on a slowed machine and network."""
