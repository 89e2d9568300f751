"""What the product is measured against: the same work done the ways the documentation of the stack shows."""
