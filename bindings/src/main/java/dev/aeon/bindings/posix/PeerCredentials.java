package dev.aeon.bindings.posix;

/** Who is at the other end of a Unix-domain connection, as the kernel saw it when it was made. */
public record PeerCredentials(int processId, int userId, int groupId) {}
