"""What people type to be told news: times, zones, filters and lists of boards, in any language."""
