"""Where documents come from: files and folders, upstreams over HTTP, or mirrors of those."""
