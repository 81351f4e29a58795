"""A place that publishes boards, for tests: HTTP on 127.0.0.1, with everything that goes wrong on the way.

    async with UpstreamServer() as server:              # `with serving() as server` in synchronous tests
        server.put("/arena-text.md", page, etag='"1"')
        server.fail("/arena-text.md", 503, times=1)     # once, then the page
        ...                                             # fetch f"{server.url}/arena-text.md"
        assert server.seen("/arena-text.md")[-1].headers["If-None-Match"] == '"1"'

`UpstreamServer(tls=True)` speaks https with a certificate of an authority of its own: `server.trust()` is a
context that trusts it, and `server.write_authority(folder)` a file for SSL_CERT_FILE of a subprocess.
"""

from .answers import Page, Request
from .bombs import bomb
from .server import UpstreamServer
from .threads import serving

__all__ = ["Page", "Request", "UpstreamServer", "bomb", "serving"]
