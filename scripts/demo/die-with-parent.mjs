// Loaded into a child with --import. The channel to its parent breaks when the parent is gone, even by kill -9.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
