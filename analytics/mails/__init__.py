"""The response-time report by mail: daily and weekly, to managers who want it."""
