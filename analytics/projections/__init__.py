"""Projections: events of one conversation in, measurements out. Pure, so that they can be replayed."""
