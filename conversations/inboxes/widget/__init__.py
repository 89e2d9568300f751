"""The chat widget: what a visitor's browser fetches from us. The socket is the contact's consumer."""
