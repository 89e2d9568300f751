"""Processes are killed in the middle of things: nothing acknowledged is lost, nothing is shown twice."""
