"""`python -m tests.bench.serve MODULE:APPLICATION PORT`: an application on the product's own server."""

import sys
from importlib import import_module

from config.serve import WebServer, listen

if __name__ == "__main__":
    module, _, name = sys.argv[1].partition(":")
    listener = listen(host="127.0.0.1", port=int(sys.argv[2]), reuse_port=False)
    WebServer(application=getattr(import_module(module), name), listener=listener.detach()).run()
