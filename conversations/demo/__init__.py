"""The demo tenant: a tea and ceramics shop with three months of conversations, told through the actions."""
