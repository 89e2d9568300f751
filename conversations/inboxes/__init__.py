"""The entrances conversations come through, one package each."""
