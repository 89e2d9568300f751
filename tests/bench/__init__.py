"""`make bench`: what the product costs, as ratios against floors measured in the same run. Not timed tests."""
