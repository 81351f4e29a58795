"""The store of every leaderboard ever read: documents in, values out.

It knows nothing of Discord. The write path is `store.parse` → `store.ingest`, the read path
`store.queries`; both exchange the frozen values of `store.values`.
"""
