"""Scenarios of the till."""
