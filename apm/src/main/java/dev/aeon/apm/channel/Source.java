package dev.aeon.apm.channel;

/**
 * Where a line was read.
 *
 * @param channel the channel's name: a file channel's directory, an SP inbox's URL
 * @param position byte offset in a file, count of messages before it on a socket
 */
public record Source(String channel, long position) {}
