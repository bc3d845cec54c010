"""Live games: publish/subscribe between processes, and a stream of events to each watcher."""
