"""Django settings: base for every running process, test for the tests."""
